package io.socketharness.internal.server;

import io.socketharness.internal.recording.Report;

/**
 * The state of a server, for a test that has failed without a fault there.
 *
 * @param error the state of the connections
 * @param report the same in parts
 * @param inOneLine the part that most likely explains the failure of the test; empty if there is none
 */
public record Note(AssertionError error, Report report, String inOneLine) {

    static Note of(Report report, String inOneLine) {
        return new Note(new AssertionError(report.text()), report, inOneLine);
    }
}
