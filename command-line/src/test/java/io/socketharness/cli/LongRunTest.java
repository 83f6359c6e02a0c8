package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.ServerSpec;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import io.socketharness.spi.ObservedServer;
import io.socketharness.spi.ServerObserver;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that runs for days. */
class LongRunTest {

    private static final ServerObserver NONE = new ServerObserver() {
        @Override
        public void occurred(int connection, Event event) {}

        @Override
        public void withdrawn(int connection, int count) {}
    };

    private static void ask(InetSocketAddress address, int size) throws Exception {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.getOutputStream().write(new byte[size]);
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void connectionsThatHaveEndedMakeRoomForOthers() throws Exception {
        ServerSpec spec = ServerSpec.parse("tcp:?recordingLimit=65536&optional=true&strict=false").toBuilder()
                .script(Script.parse("@receive 30000\n@expect-end\nS: done\n@close\n"))
                .build();
        try (ObservedServer server = ObservedServer.start(spec, System.nanoTime(), NONE)) {
            for (int i = 0; i < 12; i++) {
                ask(server.server().address(), 30_000);
                assertThat(server.server()
                                .recording()
                                .await(
                                        all -> all.exchanges().stream().allMatch(Exchange::isEnded),
                                        Duration.ofSeconds(20)))
                        .isTrue();
                server.forgetEnded(1);
                // the limit has room for two of them
                assertThat(server.server().recording().exchanges())
                        .hasSizeLessThanOrEqualTo(2)
                        .allMatch(Exchange::isComplete);
            }
            assertThat(server.connections()).isEqualTo(12);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void anOpenConnectionIsKept() throws Exception {
        ServerSpec spec = ServerSpec.parse("tcp:?optional=true&strict=false").toBuilder()
                .script(Script.parse("@receive 1\n@expect-end\nS: done\n@close\n"))
                .build();
        try (ObservedServer server = ObservedServer.start(spec, System.nanoTime(), NONE);
                Socket open = new Socket(server.server().host(), server.server().port())) {
            assertThat(open.isConnected()).isTrue();
            server.server().recording().awaitExchange(0);
            ask(server.server().address(), 1);
            assertThat(server.server()
                            .recording()
                            .await(
                                    all -> all.exchanges().size() == 2
                                            && all.exchanges().get(1).isEnded(),
                                    Duration.ofSeconds(20)))
                    .isTrue();

            server.forgetEnded(0);

            assertThat(server.server().recording().exchanges())
                    .singleElement()
                    .matches(exchange -> exchange.index() == 0);
        }
    }
}
