package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import io.socketharness.script.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests of clients with a real server also pass with a replay, after the real server has been stopped. */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
abstract class TapeContract {

    private static final String WORD = "hello";
    /** One byte differs. */
    private static final String OTHER_WORD = "hellp";

    /** Some clients close their connections in the background. */
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final Map<Client, Tape> tapes = new LinkedHashMap<>();

    /** The test of a client. */
    @FunctionalInterface
    interface Talk {

        /**
         * Talks to a server and checks its answers.
         *
         * @param word a part of what the client sends
         */
        void to(FakeServer server, String word) throws Exception;
    }

    /**
     * A client of the real server.
     *
     * @param transport the scheme of the fake server's URL
     * @param masks the parts of its messages that may differ
     * @param report what a replay reports if the client sends another word
     */
    record Client(String name, String transport, List<String> masks, List<String> report, Talk talk) {

        @Override
        public String toString() {
            return name;
        }

        Tape tape(Recording recording) {
            Tape tape = Tape.of(recording);
            for (String mask : masks) {
                tape = tape.mask(mask);
            }
            return tape;
        }
    }

    abstract Stream<Client> clients() throws Exception;

    abstract Behaviour forwardToRealServer(String transport);

    abstract void stopRealServer() throws Exception;

    /** The specification of a fake server. */
    ServerSpec spec(String url) {
        return ServerSpec.parse(url);
    }

    @BeforeAll
    void record() throws Exception {
        try {
            for (Client client : clients().toList()) {
                try (FakeServer server =
                        FakeServer.start(spec(client.transport() + ":"), forwardToRealServer(client.transport()))) {
                    client.talk().to(server, WORD);
                    tapes.put(client, recorded(client, server));
                }
            }
        } finally {
            stopRealServer();
        }
    }

    private static Tape recorded(Client client, FakeServer server) {
        Recording recording = server.recording();
        recording.await(all -> all.exchanges().stream().allMatch(TapeContract::isEnded), LONGEST_END);
        server.verify();
        return client.tape(recording);
    }

    private static boolean isEnded(Exchange exchange) {
        return exchange.has(Event.Kind.CLOSED);
    }

    private Stream<Client> recordedClients() {
        return tapes.keySet().stream();
    }

    private Tape tapeOf(Client client) {
        return Objects.requireNonNull(tapes.get(client));
    }

    @ParameterizedTest
    @MethodSource("recordedClients")
    void replaysOnAnotherPort(Client client) throws Exception {
        replays(client, client.transport() + ":");
    }

    @ParameterizedTest
    @MethodSource("recordedClients")
    void replaysOverIpv6(Client client) throws Exception {
        replays(client, client.transport() + "://[::1]:0");
    }

    private void replays(Client client, String url) throws Exception {
        Tape tape = tapeOf(client);
        try (FakeServer server = FakeServer.start(spec(url), tape)) {
            client.talk().to(server, WORD);
            assertThat(withoutEnd(recorded(client, server))).isEqualTo(withoutEnd(tape));
        }
    }

    /** If both sides end after the last message, each recording has another order of these ends. */
    private static String withoutEnd(Tape tape) {
        return tape.toString().replaceFirst("\n@half-close\n$", "\n");
    }

    @ParameterizedTest
    @MethodSource("recordedClients")
    void reportsAnotherByte(Client client) {
        try (FakeServer server = FakeServer.start(spec(client.transport() + ":"), tapeOf(client))) {
            Throwable ofClient = catchThrowable(() -> client.talk().to(server, OTHER_WORD));

            assertThat(ofClient).isNotNull();
            assertThatThrownBy(server::verify)
                    .message()
                    .containsPattern("step \\d+ of \\d+ failed\n")
                    .contains(client.report().toArray(String[]::new))
                    .contains(
                            "This is a replay of the tape.",
                            "If the client or the real server has changed, record the tape again");
        }
    }

    @ParameterizedTest
    @MethodSource("recordedClients")
    void isTextThatCanBeReadBack(Client client, @TempDir Path directory) throws Exception {
        Tape tape = tapeOf(client);
        Path file = directory.resolve("written.tape");

        tape.write(file);

        assertThat(Tape.read(file)).isEqualTo(tape);
        assertThat(Tape.parse(tape.toString())).isEqualTo(tape);
        try (FakeServer server = FakeServer.start(spec(client.transport() + ":"), Tape.read(file))) {
            client.talk().to(server, WORD);
            server.verify();
        }
    }
}
