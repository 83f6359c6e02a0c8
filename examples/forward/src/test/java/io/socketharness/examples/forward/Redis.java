package io.socketharness.examples.forward;

import java.util.List;

/** Redis without a file; its port is in the system property {@code redis.port}. */
final class Redis {

    private Redis() {}

    static RealServer server() {
        return new RealServer(
                "redis.port",
                "Ready to accept connections",
                (directory, port) -> List.of(
                        "redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--save",
                        "",
                        "--unixsocket",
                        directory + "/redis.sock"));
    }
}
