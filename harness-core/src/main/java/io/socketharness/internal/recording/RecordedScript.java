package io.socketharness.internal.recording;

import java.util.List;
import java.util.OptionalInt;

/**
 * The script of an exchange as text, without secrets.
 *
 * @param lines the lines of its text form; those of blocks are indented
 * @param stoppedAt the index of the line of the running step, or of the step that failed; empty if the script is complete
 */
public record RecordedScript(List<String> lines, OptionalInt stoppedAt) {

    /** Creates a script with a copy of the lines. */
    public RecordedScript {
        lines = List.copyOf(lines);
    }
}
