package io.socketharness.benchmarks;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;

/** Fake servers that keep a recording of everything, however long they are measured. */
final class FakeServers {

    private static final long LIMIT = 1L << 30;

    private FakeServers() {}

    static Server start(String url, Behaviour behaviour) {
        return closing(running(url, behaviour));
    }

    static FakeServer running(String url, Behaviour behaviour) {
        return FakeServer.start(
                ServerSpec.parse(url).toBuilder().recordingLimit(LIMIT).build(), behaviour);
    }

    /** One whose end fails if not everything was recorded. */
    static Server closing(FakeServer server) {
        return new Server() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public void close() {
                server.verify();
                if (!server.recording().exchanges().stream().allMatch(Exchange::isComplete)) {
                    throw new IllegalStateException("not everything was recorded; measure for a shorter time");
                }
                server.close();
            }
        };
    }
}
