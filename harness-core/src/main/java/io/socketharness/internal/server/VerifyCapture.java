package io.socketharness.internal.server;

import io.socketharness.internal.capture.CaptureFiles;
import io.socketharness.internal.capture.CaptureFiles.CapturedServer;
import io.socketharness.internal.capture.FileNames;
import io.socketharness.internal.capture.Reports;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the capture of a server whose test has no extension, if the user has chosen a directory. */
final class VerifyCapture {

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
        Path directory = FileNames.numbered(all.get(), name);
        return files.write(
                        CaptureFiles.in(() -> directory),
                        List.of(new CapturedServer(name, server.recorder().recording())),
                        Reports.failures(List.of(fault.report())))
                .map(page -> fault.with(fault.report().with(CaptureFiles.place(page)), fault.inOneLine())
                        .error())
                .orElse(failure);
    }
}
