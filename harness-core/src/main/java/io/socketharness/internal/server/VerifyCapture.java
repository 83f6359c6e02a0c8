package io.socketharness.internal.server;

import io.socketharness.internal.capture.CaptureFiles;
import io.socketharness.internal.capture.CaptureFiles.CapturedServer;
import io.socketharness.internal.capture.FileNames;
import io.socketharness.internal.capture.Reports;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Fault;
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
    static AssertionError captured(ServerRuntime server, Fault fault) {
        AssertionError failure = fault.error();
        CaptureFiles files = new CaptureFiles(server.title(), name -> Optional.ofNullable(System.getProperty(name)));
        return files.attempt(() -> captured(files, server, fault), failure);
    }

    private static AssertionError captured(CaptureFiles files, ServerRuntime server, Fault fault) throws IOException {
        AssertionError failure = fault.error();
        Optional<Path> all = files.chosenDirectory();
        if (all.isEmpty() || !files.isWanted(server.spec().capture(), true)) {
            return failure;
        }
        String name = server.spec().name().orElse("server");
        Path directory = directory(all.get(), FileNames.of(name));
        return files.write(
                        CaptureFiles.in(() -> directory),
                        List.of(new CapturedServer(name, server.recorder().recording())),
                        Reports.failures(List.of(fault.report())))
                .map(page -> fault.with(fault.report().with(CaptureFiles.place(page)), fault.inOneLine())
                        .error())
                .orElse(failure);
    }

    /** A new directory: other JVMs may write into the same one. */
    private static Path directory(Path all, String name) throws IOException {
        CaptureFiles.create(all);
        while (true) {
            try {
                return Files.createDirectory(all.resolve(name + "-" + COUNT.incrementAndGet()));
            } catch (FileAlreadyExistsException taken) {
                // the next number may be free
            }
        }
    }
}
