package io.socketharness.internal.server;

import io.socketharness.internal.capture.CaptureFiles;
import io.socketharness.internal.capture.CaptureFiles.CapturedServer;
import io.socketharness.internal.capture.FileNames;
import io.socketharness.internal.capture.Reports;
import io.socketharness.internal.runtime.ServerRuntime;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes the capture of a server whose test has no extension, if the user has chosen a directory. */
final class VerifyCapture {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private VerifyCapture() {}

    /** The failure of a server, with the place of its capture. */
    static AssertionError captured(ServerRuntime server, AssertionError failure) {
        CaptureFiles files = new CaptureFiles(server.title(), name -> Optional.ofNullable(System.getProperty(name)));
        return files.attempt(() -> captured(files, server, failure), failure);
    }

    private static AssertionError captured(CaptureFiles files, ServerRuntime server, AssertionError failure)
            throws IOException {
        Optional<Path> all = files.chosenDirectory();
        if (all.isEmpty() || !files.isWanted(server.spec().capture(), true)) {
            return failure;
        }
        String name = server.spec().name().orElse("server");
        Path directory = directory(all.get(), FileNames.of(name));
        String report = String.valueOf(failure.getMessage());
        return files.write(
                        CaptureFiles.in(() -> directory),
                        List.of(new CapturedServer(name, server.recorder().recording())),
                        Reports.failures(List.of(report)))
                .map(page -> with(failure, CaptureFiles.place(page)))
                .orElse(failure);
    }

    /** A new directory: other JVMs may write into the same one. */
    private static Path directory(Path all, String name) throws IOException {
        Files.createDirectories(all);
        while (true) {
            try {
                return Files.createDirectory(all.resolve(name + "-" + COUNT.incrementAndGet()));
            } catch (FileAlreadyExistsException taken) {
                // the next number may be free
            }
        }
    }

    private static AssertionError with(AssertionError failure, String place) {
        AssertionError longer = new AssertionError(failure.getMessage() + "\n\n" + place, failure.getCause());
        longer.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            longer.addSuppressed(suppressed);
        }
        return longer;
    }
}
