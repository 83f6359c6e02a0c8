package io.socketharness.examples.php;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 1, {@code transport://target}: PHP's names of transports are those of a URL here, and of {@code transport=}. */
@Timeout(60)
class TransportsTest {

    private static final String SAY_HELLO = """
            $context = stream_context_create(['ssl' => ['cafile' => $argv[2] ?? null]]);
            $flags = STREAM_CLIENT_CONNECT;
            $socket = stream_socket_client($argv[1], $errno, $errstr, 5, $flags, $context);
            fwrite($socket, 'hello');
            """;

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "unix", "udg"})
    void anyOfPhpsTransports(String transport) throws Exception {
        try (FakeServer server = FakeServer.start(transport + ":")) {
            String complaints = Php.eval(SAY_HELLO, server.uri());

            assertThat(complaints).isEmpty();
            assertThat(server).received("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl", "tls", "tlsv1.2", "tlsv1.3"})
    void anyOfItsNamesForTls(String transport) throws Exception {
        try (FakeServer server = FakeServer.start(transport + "://localhost:0")) {
            String uri = transport + "://localhost:" + server.port();
            String complaints = Php.eval(SAY_HELLO, uri, server.tls().caPemFile());

            assertThat(complaints).isEmpty();
            assertThat(server).received("hello");
            assertThat(server).connection(0).negotiated(transport.equals("tlsv1.2") ? "TLSv1.2" : "TLSv1.3");
        }
    }

    @Test
    void anAbstractName() throws Exception {
        String name = "socket-harness-" + ProcessHandle.current().pid();
        try (FakeServer server = FakeServer.start("unix:@" + name)) {
            String complaints = Php.eval("fwrite(stream_socket_client(\"unix://\\0$argv[1]\"), 'hello');", name);

            assertThat(complaints).isEmpty();
            assertThat(server).received("hello");
        }
    }

    @Test
    void phpsClientHasNoNameWhereDatagramsNeedOne() throws Exception {
        try (FakeServer server = FakeServer.start("udg:")) {
            assertThat(Php.eval(SAY_HELLO, server.uri())).isEmpty();

            assertThat(server.recording().awaitReceived("hello").client()).isEmpty();
        }
    }

    @Test
    void phpHasNoOthers() throws Exception {
        assertThat(Php.eval("echo implode(' ', stream_get_transports());").split(" "))
                .containsExactlyInAnyOrder(
                        "tcp", "udp", "unix", "udg", "ssl", "tls", "tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3");
    }

    @Test
    void refusesWhatTheJvmHasDisabled() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("tlsv1.1://localhost:0"))
                .withMessage(
                        "\"tlsv1.1://localhost:0\": TLSv1.1 is disabled in this JVM by the security property"
                                + " jdk.tls.disabledAlgorithms, which is read once; start the JVM with"
                                + " -Djava.security.properties=FILE, where FILE sets jdk.tls.disabledAlgorithms without TLSv1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("tlsv1.0://localhost:0"))
                .withMessageContaining("TLSv1 is disabled in this JVM");
    }
}
