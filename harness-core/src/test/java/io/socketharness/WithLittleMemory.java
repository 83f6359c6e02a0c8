package io.socketharness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts a server whose buffer has no room; {@link UnixDatagramServerTest} starts it. */
final class WithLittleMemory {

    private WithLittleMemory() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("little");
        Path path = directory.resolve("x.sock");
        try (FakeServer server = FakeServer.start("udg:" + path + "?messageLimit=1000000000")) {
            System.out.println(server);
        } catch (OutOfMemoryError tooLarge) {
            System.out.println(Files.exists(path) ? "its socket is left" : "nothing is left");
        }
        Files.deleteIfExists(path);
        Files.delete(directory);
    }
}
