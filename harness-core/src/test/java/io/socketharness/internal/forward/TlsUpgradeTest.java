package io.socketharness.internal.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a protocol begins TLS: after the request of the client and the answer that agrees. */
class TlsUpgradeTest {

    private static byte[] bytes(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean agrees(UpgradeWatch watch, String client, String server) {
        watch.fromClient(bytes(client));
        byte[] answer = bytes(server);
        return watch.fromServer(answer) == answer.length;
    }

    @ParameterizedTest
    @CsvSource({
        "smtp, STARTTLS\\r\\n, 220 ready\\r\\n, true",
        "smtp, starttls\\n, 220\\n, true",
        "smtp, STARTTLS\\r\\n, 454 not now\\r\\n, false",
        "smtp, NOOP\\r\\n, 220 ready\\r\\n, false",
        "smtp, STARTTLS please\\r\\n, 220 ready\\r\\n, false",
        "imap, a1 STARTTLS\\r\\n, a1 OK begin\\r\\n, true",
        "imap, a1 STARTTLS\\r\\n, a1 BAD no\\r\\n, false",
        "imap, a1 STARTTLS\\r\\n, * OK still here\\r\\n, false",
        "imap, a1 STARTTLS\\r\\n, * 1 EXISTS\\r\\na1 OK begin\\r\\n, true",
        "pop3, STLS\\r\\n, +OK begin\\r\\n, true",
        "pop3, STLS\\r\\n, -ERR no\\r\\n, false",
        "ftp, AUTH TLS\\r\\n, 234 begin\\r\\n, true",
        "ftp, AUTH SSL\\r\\n, 234 begin\\r\\n, true",
        "ftp, AUTH GSSAPI\\r\\n, 234 begin\\r\\n, false",
        "ftp, AUTH TLS\\r\\n, 530 log in first\\r\\n, false",
    })
    void beginsWhenBothAgree(String protocol, String client, String server, boolean agrees) {
        assertThat(agrees(TlsUpgrade.named(protocol).watch(), client, server)).isEqualTo(agrees);
    }

    @Test
    void theRequestCountsForTheNextLinesOfTheServerUntilTheClientSendsAnother() {
        UpgradeWatch watch = TlsUpgrade.named("smtp").watch();
        assertThat(agrees(watch, "STARTTLS\\r\\n", "454 not now\\r\\n")).isFalse();
        assertThat(agrees(watch, "NOOP\\r\\n", "220 unrelated\\r\\n")).isFalse();
        assertThat(agrees(watch, "STARTTLS\\r\\n", "220 now\\r\\n")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'CAPA\\r\\nSTLS\\r\\n', '+OK capabilities\\r\\nSTLS\\r\\n.\\r\\n', '+OK begin\\r\\n'",
        "'capa\\r\\nSTLS\\r\\n', '-ERR unknown\\r\\n', '+OK begin\\r\\n'",
        "'NOOP\\r\\nUSER x\\r\\nSTLS\\r\\n', '+OK\\r\\n-ERR\\r\\n', '+OK begin\\r\\n'",
        "'LIST\\r\\nSTLS\\r\\n', '+OK\\r\\n1 2\\r\\n+OK\\r\\n.\\r\\n', '+OK begin\\r\\n'",
        "'LIST 1\\r\\nSTLS\\r\\n', '+OK 1 2\\r\\n', '+OK begin\\r\\n'",
        "'AUTH PLAIN eA==\\r\\nSTLS\\r\\n', '+OK\\r\\n', '+OK begin\\r\\n'",
        "'STLS\\r\\nSTLS\\r\\n', '-ERR wait\\r\\n', '+OK begin\\r\\n'",
    })
    void answersOfPop3AreCounted(String client, String before, String answer) {
        UpgradeWatch watch = TlsUpgrade.named("pop3").watch();
        assertThat(watch.fromServer(bytes("+OK hello\\r\\n"))).isEqualTo(-1);

        assertThat(agrees(watch, client, before)).isFalse();
        assertThat(agrees(watch, "", answer)).isTrue();
    }

    @Test
    void aLineThatContinuesACommandOfPop3HasNoAnswer() {
        UpgradeWatch watch = TlsUpgrade.named("pop3").watch();

        assertThat(agrees(watch, "AUTH PLAIN\\r\\n", "+ \\r\\n")).isFalse();
        assertThat(agrees(watch, "STLS\\r\\n", "-ERR no\\r\\n")).isFalse();
        assertThat(agrees(watch, "NOOP\\r\\n", "+OK\\r\\n")).isFalse();
        assertThat(agrees(watch, "STLS\\r\\n", "+OK begin\\r\\n")).isTrue();
    }

    @Test
    void piecesAreJoined() {
        UpgradeWatch watch = TlsUpgrade.named("smtp").watch();
        watch.fromClient(bytes("START"));
        watch.fromClient(bytes("TLS\\r"));
        watch.fromClient(bytes("\\n"));
        assertThat(watch.fromServer(bytes("22"))).isEqualTo(-1);
        assertThat(watch.fromServer(bytes("0 go\\r\\nmore"))).isEqualTo(6);
    }

    @Test
    void aLineMayBeLong() {
        UpgradeWatch watch = TlsUpgrade.named("smtp").watch();
        watch.fromClient(bytes("x".repeat(100_000) + "\\r\\nSTARTTLS\\r\\n"));
        assertThat(watch.fromServer(bytes("220 go\\r\\n"))).isEqualTo(8);
    }
}
