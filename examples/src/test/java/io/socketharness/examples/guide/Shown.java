package io.socketharness.examples.guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketharness.testing.Reports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What the guides show of reports, without what differs from run to run. */
final class Shown {

    private Shown() {}

    static String resource(String name) {
        try (InputStream file = Shown.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Ports and times made equal; comments of times, of which a script has one for each tenth of a millisecond, left out. */
    static String masked(String report) {
        return Reports.normal(report)
                .replaceAll("(?m)^# TIME\n", "")
                .replaceAll(" +\n", "\n")
                .replaceAll("\\.java:\\d+\\)", ".java:LINE)")
                .strip();
    }
}
