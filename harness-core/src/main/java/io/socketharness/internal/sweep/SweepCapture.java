package io.socketharness.internal.sweep;

import io.socketharness.internal.capture.CaptureFiles;
import io.socketharness.internal.capture.CaptureFiles.Place;
import io.socketharness.internal.capture.FileNames;
import io.socketharness.recording.Capture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the page of a sweep that has ended. */
public final class SweepCapture {

    private static final String PAGE = "sweep.html";

    private SweepCapture() {}

    /**
     * Writes the page of a sweep without a test framework, if the user has chosen a directory.
     *
     * @return where the page is, in words; empty if there is none
     */
    public static Optional<String> write(SweepPage page, SweepRecordings recordings) {
        CaptureFiles files = new CaptureFiles(
                "the fault sweep of " + recordings.title(), name -> Optional.ofNullable(System.getProperty(name)));
        return files.attempt(() -> write(files, page, recordings), Optional.empty());
    }

    private static Optional<String> write(CaptureFiles files, SweepPage page, SweepRecordings recordings)
            throws IOException {
        Optional<Path> all = files.chosenDirectory();
        Capture capture = recordings.spec().capture();
        if (all.isEmpty() || !files.isWanted(capture, page.hasFailed())) {
            return Optional.empty();
        }
        Path directory = FileNames.numbered(all.get(), recordings.spec().name().orElse("sweep"));
        return write(files, CaptureFiles.in(() -> directory), capture, page);
    }

    /**
     * Writes the page, if it is wanted.
     *
     * @param files the files of the test
     * @param place for the page
     * @param capture when the server wants it
     * @param page the page
     * @return where the page is, in words; empty if there is none
     */
    public static Optional<String> write(CaptureFiles files, Place place, Capture capture, SweepPage page) {
        return files.isWanted(capture, page.hasFailed())
                ? files.writePage(place, PAGE, page::write).map(CaptureFiles::place)
                : Optional.empty();
    }
}
