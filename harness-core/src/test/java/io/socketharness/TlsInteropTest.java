package io.socketharness;

import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import io.socketharness.tls.CertificateKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL and PHP as clients of TLS, right and wrong. */
@Timeout(60)
class TlsInteropTest {

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, certificate has expired",
        "NOT_YET_VALID, certificate is not yet valid",
        "WRONG_HOST, hostname mismatch",
        "SELF_SIGNED, self-signed certificate",
        "UNKNOWN_AUTHORITY, self-signed certificate in certificate chain",
        "MISSING_INTERMEDIATE, unable to get local issuer certificate",
        "KEY_MISMATCH, bad signature",
        "CA_AS_LEAF, unsuitable certificate purpose",
    })
    void opensslRefusesACertificate(CertificateKind kind, String complaint) throws Exception {
        try (FakeServer server = FakeServer.start("tls://localhost:0?certificate=" + kind, sendLine("hello"))) {
            assertThat(openssl(server)).contains(complaint).doesNotContain("hello");
            if (kind != CertificateKind.WRONG_HOST) {
                assertThatThrownBy(server::verify)
                        .hasMessageContaining("TLS failed: the client refused")
                        .hasMessageFindingMatch("refused (our certificate|the handshake): \\w+");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@tls-alert handshake_failure | alert handshake failure",
                "@tls-alert access_denied | alert access denied",
                "@tls-alert unrecognized_name | unrecognized name",
                "@tls-hello;S! 00 01 02 03 04 05 06 07 | wrong version number",
                "@tls-hello;@close | unexpected eof while reading",
                "@tls-flight 200;@close | unexpected eof while reading",
                "@tls-corrupt;S: PONG | bad record mac",
                "S: PONG;@tls-truncate | unexpected eof while reading",
            })
    void opensslReportsTheError(String script, String complaint) throws Exception {
        try (FakeServer server =
                FakeServer.start("tls://localhost:0?strict=false", Script.parse(script.replace(";", "\n") + "\n"))) {
            assertThat(openssl(server)).contains(complaint);
        }
    }

    @Test
    void opensslFindsAnEndInOrder() throws Exception {
        try (FakeServer server = FakeServer.start("tls://localhost:0", sendLine("hello"), close())) {
            assertThat(openssl(server)).endsWith("hello\r\n").doesNotContain("error");
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslResumesItsSession(String protocol, @TempDir Path directory) throws Exception {
        String session = directory.resolve("session.pem").toString();
        try (FakeServer server = FakeServer.start("tls://localhost:0", sendLine("hello"), close())) {
            String first = session(server, protocol, "-sess_out", session);
            String second = session(server, protocol, "-sess_in", session);

            assertThat(first).contains("New, TLSv").doesNotContain("Reused, TLSv");
            assertThat(second).contains("Reused, TLSv", "Verify return code: 0 (ok)", "hello");
            server.verify();
        }
    }

    private static String session(FakeServer server, String... more) throws Exception {
        return openssl(server, List.of("-ign_eof"), more);
    }

    private static String openssl(FakeServer server) throws Exception {
        return openssl(server, List.of("-quiet", "-verify_quiet", "-no_ign_eof", "-ign_eof"));
    }

    private static String openssl(FakeServer server, List<String> mode, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-verify_return_error",
                "-verify_hostname",
                "localhost",
                "-purpose",
                "sslserver",
                "-CAfile",
                server.tls().caPemFile().toString(),
                "-connect",
                "localhost:" + server.port()));
        command.addAll(mode);
        command.addAll(List.of(more));
        return Program.run("", command.toArray(String[]::new));
    }

    @Test
    void phpTrustsTheAuthority() throws Exception {
        try (FakeServer server = FakeServer.start("tls://localhost:0", echo())) {
            assertThat(php(
                            server,
                            "fwrite($s, 'hello'); echo fread($s, 5), ' ', stream_get_meta_data($s)['crypto']"
                                    + "['protocol'];"))
                    .isEqualTo("hello TLSv1.3");
            server.verify();
        }
    }

    @Test
    void phpRefusesAnExpiredCertificate() throws Exception {
        try (FakeServer server = FakeServer.start("tls://localhost:0?certificate=expired", sendLine("hello"))) {
            assertThat(php(server, "echo fgets($s);"))
                    .contains("certificate verify failed", "Failed to enable crypto")
                    .doesNotContain("hello");
            assertThatThrownBy(server::verify)
                    .hasMessageMatching(Pattern.compile(
                            ".*TLS failed: the client refused our certificate: certificate_expired.*", Pattern.DOTALL));
        }
    }

    private static String php(FakeServer server, String then) throws Exception {
        return Program.run(
                "",
                "php",
                "-d",
                "display_errors=1",
                "-d",
                "html_errors=0",
                "-r",
                "$c = stream_context_create(['ssl' => ['cafile' => '"
                        + server.tls().caPemFile() + "']]);"
                        + "$s = stream_socket_client('ssl://localhost:" + server.port()
                        + "', $no, $text, 5, STREAM_CLIENT_CONNECT, $c);"
                        + "if ($s) { " + then + " }");
    }
}
