package io.socketharness.internal.sweep;

import io.socketharness.internal.capture.CaptureFiles;
import io.socketharness.internal.capture.FileNames;
import io.socketharness.sweep.SweepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the page of a sweep that failed, if the user has chosen a directory. */
public final class SweepCapture {

    private static final String PAGE = "sweep.html";

    private SweepCapture() {}

    /** Where the page is, in words; empty if there is none. */
    public static Optional<String> write(SweepReport report, SweepRecordings recordings) {
        CaptureFiles files = new CaptureFiles(
                "the fault sweep of " + recordings.title(), name -> Optional.ofNullable(System.getProperty(name)));
        return files.attempt(() -> write(files, report, recordings), Optional.empty());
    }

    private static Optional<String> write(CaptureFiles files, SweepReport report, SweepRecordings recordings)
            throws IOException {
        Optional<Path> all = files.chosenDirectory();
        if (all.isEmpty() || !files.isWanted(recordings.spec().capture(), true)) {
            return Optional.empty();
        }
        Path directory = FileNames.numbered(all.get(), recordings.spec().name().orElse("sweep"));
        return files.writePage(
                        CaptureFiles.in(() -> directory), PAGE, file -> SweepPage.write(file, report, recordings))
                .map(CaptureFiles::place);
    }
}
