package io.socketharness.internal.capture;

import io.socketharness.internal.ThrownText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files of a test that could not be written. They cost one line on the standard error. */
final class WriteProblems {

    /** The directories that were reported: once, not for each test. */
    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    /** The directory cannot be created or written. */
    static final class UnwritableDirectory extends IOException {

        private static final long serialVersionUID = 1;

        UnwritableDirectory(Throwable reason) {
            super(reason);
        }
    }

    private final String subject;
    private final List<String> files = new ArrayList<>();
    private @Nullable Throwable first;

    /** {@code subject} is the test. */
    WriteProblems(String subject) {
        this.subject = subject;
    }

    void add(String file, Throwable reason) {
        files.add(file);
        first = first == null ? reason : first;
    }

    /**
     * Prints the line, if there is a problem.
     *
     * @param directory the directory for the captures of all tests
     * @param again whether the files were written before
     */
    void print(String directory, boolean again) {
        if (first != null && isOfDirectory(first)) {
            printDirectory(directory, first);
        } else if (first != null) {
            String last = files.get(files.size() - 1);
            String all =
                    files.size() == 1 ? last : String.join(", ", files.subList(0, files.size() - 1)) + " and " + last;
            CaptureFiles.warn(all + " of " + subject + " could not be written" + (again ? " again" : "") + ": "
                    + ThrownText.inOneLine(first));
        }
    }

    /** Prints a problem before the first file. */
    void print(String directory, Throwable reason) {
        if (isOfDirectory(reason)) {
            printDirectory(directory, reason);
        } else {
            CaptureFiles.warn("the capture of " + subject + " could not be written: " + ThrownText.inOneLine(reason));
        }
    }

    private static boolean isOfDirectory(Throwable reason) {
        return reason instanceof UnwritableDirectory || reason instanceof InvalidPathException;
    }

    private void printDirectory(String directory, Throwable reason) {
        if (REPORTED.add(directory)) {
            Throwable cause = reason.getCause() == null ? reason : reason.getCause();
            CaptureFiles.warn("the capture of " + subject + " could not be written to " + directory + ": "
                    + ThrownText.inOneLine(cause) + ". Set " + CaptureFiles.DIRECTORY
                    + " to a directory that can be written, or " + CaptureFiles.MODE
                    + " to never. This is reported once for each directory.");
        }
    }
}
