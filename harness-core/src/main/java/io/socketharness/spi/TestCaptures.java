package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.internal.capture.CaptureFiles;
import io.socketharness.internal.capture.CaptureFiles.CapturedServer;
import io.socketharness.internal.capture.CaptureFiles.Place;
import io.socketharness.internal.capture.FileNames;
import io.socketharness.internal.capture.Reports;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.sweep.SweepCapture;
import io.socketharness.internal.sweep.SweepPage;
import io.socketharness.recording.Capture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes files that show what went over the wire in a test: the dialogue of each server as text, an HTML page and a
 * pcapng file. The {@link Capture} of each server says when. Files that cannot be
 * written cost a line on the standard error, and never fail the test.
 *
 * <p>For one test or class, and for one thread.
 */
public final class TestCaptures {

    /** Writes a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the file.
         *
         * @param file the file, in an existing directory
         * @throws IOException if it cannot be written
         */
        void write(Path file) throws IOException;
    }

    /** The files that a test framework adds to the report of a test. */
    @FunctionalInterface
    public interface Attachments {

        /** For a test framework that adds no files to its report. */
        Attachments NONE = (name, mediaType, content) -> false;

        /**
         * Adds a file.
         *
         * @param name the name, without a directory
         * @param mediaType such as {@code text/html}
         * @param content writes the file
         * @return false if this version of the test framework adds no files
         * @throws IOException if the content cannot be written
         */
        boolean add(String name, String mediaType, Content content) throws IOException;
    }

    private final TestRun test;
    private final CaptureFiles files;
    private final Attachments attachments;
    private @Nullable Path page;
    private OptionalLong testFailedAt = OptionalLong.empty();

    /**
     * Creates the captures of a test.
     *
     * @param test the test, or the class that the servers belong to
     * @param attachments the files of the test framework
     */
    public TestCaptures(TestRun test, Attachments attachments) {
        this.test = test;
        this.files = new CaptureFiles(test.inShort(), test.parameters());
        this.attachments = attachments;
    }

    /** Notes that the test has failed now. Only the first call counts. */
    public synchronized void testFailed() {
        if (testFailedAt.isEmpty()) {
            testFailedAt = OptionalLong.of(System.nanoTime());
        }
    }

    /** Writes the files so far of a test that fails with a report. Returns the report with their place. */
    Report failed(Collection<FakeServer> servers, Report report) {
        files.attempt(() -> write(servers, true, Reports.failures(List.of(report))), false);
        return page == null ? report : report.with(CaptureFiles.place(page));
    }

    /**
     * Writes the files of a test that has ended, if they are wanted. Adds their place to the failure of the servers, or
     * prints it if the test has a failure: call {@link VerificationResult#suppressIn} before, which prints the reason.
     *
     * @param servers the servers of the test, including those of its classes
     * @param own the failure or the abort of the test; null if it has none
     * @param result the result of the verification
     */
    public void ended(Collection<FakeServer> servers, @Nullable Throwable own, VerificationResult result) {
        boolean failed = own == null ? result.hasFailed() : !VerificationResult.isAbort(own);
        boolean isKnown = page != null;
        long failedAt = testFailedAt.orElseGet(System::nanoTime);
        // a server may have failed in an aborted test, too
        files.attempt(() -> write(servers, failed, result.reports(failed ? own : null, failedAt, servers)), false);
        if (failed && !isKnown && page != null) {
            result.captured(CaptureFiles.place(page), own != null);
        }
    }

    private boolean write(Collection<FakeServer> servers, boolean failed, Reports reports) {
        List<CapturedServer> wanted = servers.stream()
                .filter(server -> files.isWanted(server.spec().capture(), failed))
                .map(server -> new CapturedServer(server.spec().name().orElse("server"), server.recording()))
                .toList();
        if (!wanted.isEmpty()) {
            page = files.write(place(), wanted, reports).orElse(null);
        }
        return page != null;
    }

    /** Writes the page of a sweep, if it is wanted. Returns its place in words; empty if there is none. */
    Optional<String> sweep(SweepPage swept, Capture capture) {
        return files.attempt(() -> SweepCapture.write(files, place(), capture, swept), Optional.empty());
    }

    private Place place() {
        Place directory = CaptureFiles.in(
                () -> FileNames.directory(files.directory().resolve(test.directory()), test.identity()));
        return files.chosenDirectory().isPresent()
                ? directory
                : (name, mediaType, content) -> {
                    if (!attachments.add(name, mediaType, content::write)) {
                        directory.create(name, mediaType, content);
                    }
                };
    }
}
