package io.socketharness.internal.server;

import io.socketharness.internal.capture.CaptureFiles;
import io.socketharness.internal.capture.CaptureFiles.CapturedServer;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Fault;
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
        Optional<Path> directory = files.chosenDirectory();
        if (directory.isEmpty() || !files.isWanted(server.spec().capture(), true)) {
            return failure;
        }
        String name = server.spec().name().orElse("server");
        String folder = CaptureFiles.fileName(name + "-" + COUNT.incrementAndGet());
        return files.write(
                        CaptureFiles.in(directory.get().resolve(folder)),
                        List.of(new CapturedServer(name, server.recorder().recording())),
                        List.of(fault.report()))
                .map(page -> fault.with(fault.report().with(CaptureFiles.place(page)), fault.inOneLine())
                        .error())
                .orElse(failure);
    }
}
