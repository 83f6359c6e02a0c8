package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.Report;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a server.
 *
 * @param error the error, with the text of the report
 * @param report what it says, in parts
 * @param inOneLine server, connection, step and reason
 * @param failedAt when it failed, in terms of {@link System#nanoTime()}; empty for outstanding steps
 * @param isCause whether an exception of the client may be a consequence of it; false if the client left or was late
 */
public record Fault(AssertionError error, Report report, String inOneLine, OptionalLong failedAt, boolean isCause) {

    public static Fault of(
            Report report, @Nullable Throwable cause, String inOneLine, OptionalLong failedAt, boolean isCause) {
        return new Fault(new AssertionError(report.text(), cause), report, inOneLine, failedAt, isCause);
    }

    /** The fault with another report. */
    public Fault with(Report changed, String changedLine) {
        AssertionError longer = new AssertionError(changed.text(), error.getCause());
        longer.setStackTrace(error.getStackTrace());
        for (Throwable suppressed : error.getSuppressed()) {
            longer.addSuppressed(suppressed);
        }
        return new Fault(longer, changed, changedLine, failedAt, isCause);
    }
}
