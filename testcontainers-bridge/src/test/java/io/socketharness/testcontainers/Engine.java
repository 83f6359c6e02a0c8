package io.socketharness.testcontainers;

import io.socketharness.testing.Program;
import org.testcontainers.DockerClientFactory;

/** The engine that runs containers. Where there is none the test is skipped, with {@code -Dinterop=required} it fails. */
final class Engine {

    private Engine() {}

    static void require() {
        try {
            DockerClientFactory.instance().client();
        } catch (IllegalStateException none) {
            Program.lack("there is no Docker engine (" + none.getMessage() + ")");
        }
    }
}
