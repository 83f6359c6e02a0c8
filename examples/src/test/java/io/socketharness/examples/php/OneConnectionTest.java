package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.tls.CertificateAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row 14, reads and writes through TLS: in PHP the stream's functions alone go through it, while
 * {@code stream_socket_sendto} sends in clear. A {@code Connection} is one thing, whatever lies below.
 */
@Timeout(60)
class OneConnectionTest {

    private static final String ASK = """
            $context = stream_context_create(['ssl' => ['cafile' => $argv[2]]]);
            $flags = STREAM_CLIENT_CONNECT;
            $socket = stream_socket_client($argv[1], $errno, $errstr, 5, $flags, $context);
            fwrite($socket, "who is there?\\n");
            echo fgets($socket);
            """;

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "unix:", "tls:", "tlsv1.2:"})
    void readsAndWritesWhateverLiesBelow(String url) throws Exception {
        Behaviour answer = connection -> connection.send("you said " + connection.receiveLine() + "\n");

        try (FakeServer server = FakeServer.start(url, answer)) {
            assertThat(Php.eval(ASK, server.uri(), server.tls().caPemFile())).isEqualTo("you said who is there?\n");
            server.verify();
        }
    }

    @Test
    void phpsSendtoGoesPastTls() throws Exception {
        CertificateAuthority authority = CertificateAuthority.shared();
        try (PhpServer php = PhpServer.start("tls-sendto.php", authority.issue().pemFile())) {
            assertThat(Php.eval(ASK, php.uri(), authority.pemFile()))
                    .contains("SSL routines::wrong version number")
                    .doesNotContain("you said");
        }
    }
}
