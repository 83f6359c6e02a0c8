package io.socketharness.forward;

import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text form of forwarding, and its errors. */
class ForwardTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@forward tcp://localhost:6379",
                "@forward tls://[::1]:443?trust=any",
                "@forward tls://example.com:443?trust=/a/b.pem",
                "@forward unix:///run/x.sock",
                "@forward udp://127.0.0.1:53",
                "@forward udg:///run/log.sock",
                "@forward tcp://${host}:${redis.port}",
                "@forward tcp://localhost:25 starttls smtp",
                "@forward tcp://localhost:25 starttls \"a \\\"b\\\" c\" \"220 .*\"",
            })
    void theTextFormIsReadBack(String line) {
        assertThat(Script.parse(line).toString()).isEqualTo(line + "\n");
        assertThat(Script.parse(line)).isEqualTo(Script.parse(line));
    }

    @Test
    void quotesInARegularExpressionAreEscaped() {
        assertThat(Script.of(forwardTo("tcp://localhost:25").startTls("a\"b", "c\\\"d\\\\"))
                        .toString())
                .isEqualTo("@forward tcp://localhost:25 starttls \"a\\\"b\" \"c\\\"d\\\\\"\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the address of a real server is missing, such as tcp://localhost:6379",
                "localhost:6379 | unknown transport \"localhost\" of a real server; write tcp://localhost:6379",
                "tcp:localhost:6379 | where the address of a real server is needed",
                "tcp://localhost | where the address of a real server is needed",
                "tcp://localhost:0 | port 0 of the real server is out of range; 1 to 65535 is allowed",
                "tcp://localhost:70000 | port 70000 of the real server is out of range",
                "tcp://::1:80 | where the address of a real server is needed",
                "http://localhost:80 | unknown transport \"http\" of a real server; known are tcp, tls, unix, udp, udg",
                "dtls://localhost:80 | a real server that speaks DTLS is not supported; only the client's side can use DTLS",
                "unix://@name | found the abstract name \"@name\"; a real server on a Unix socket needs a path",
                "unix://name | where the address of a real server is needed",
                "tls://localhost:1?trust= | trust of a real server is empty; any, system or the path of a PEM file",
                "tls://localhost:1?trust=/a%zz | found % without two hex digits in \"/a%zz\"; write %25 for %",
                "tls://localhost:1?trust=%00 | the path in the address of a real server is not valid: Nul character not allowed",
                "tls://localhost:1?x=1 | found the option \"x=1\" of a real server; allowed is trust=any",
            })
    void aWrongAddressIsRefused(String url, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> forwardTo(url)).withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "@forward | the address of a real server is missing, such as tcp://localhost:6379",
                "@forward tcp://a:1 starttls | unknown protocol \"\" for starttls; known are smtp, imap, pop3, ftp, postgres",
                "@forward tcp://a:1 starttls smpt | did you mean smtp?",
                "@forward tcp://a:1 starttls \"a\" | starttls takes a protocol, such as starttls smtp, or two regular",
                "@forward tcp://a:1 starttls \"(\" \"b\" | the regular expression for the request of starttls is malformed: Unclosed group",
                "@forward tls://a:1 starttls smtp | starttls needs a real server that begins in clear, over tcp or unix, but found tls://a:1",
                "@forward udp://a:1 starttls smtp | starttls needs a real server that begins in clear",
            })
    void aWrongLineIsRefused(String line, String message) {
        Assertions.assertThatExceptionOfType(ScriptSyntaxException.class)
                .isThrownBy(() -> Script.parse(line))
                .withMessageContaining(message);
    }

    @Test
    void streamsAndDatagramsDoNotMix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("udp:", forwardTo("tcp://localhost:1")))
                .withMessageContaining(
                        "over udp, @forward tcp://localhost:1 needs a stream: the real server is a stream,"
                                + " which datagrams cannot be forwarded to");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("tcp:", forwardTo("udp://localhost:1")))
                .withMessageContaining("over tcp, @forward udp://localhost:1 needs datagrams: the real server takes"
                        + " datagrams, which a stream cannot be forwarded to");
    }

    @Test
    void tlsCannotBeginLaterWhereItIsSpokenFromTheFirstByte() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("tls:", forwardTo("tcp://localhost:25 starttls smtp")))
                .withMessageContaining("over tls, @forward tcp://localhost:25 starttls smtp cannot begin TLS: the"
                        + " connection is encrypted from its first byte; use the transport tcp");
    }

    @Test
    void settingsOfTlsAreOfUseIfItBeginsLater() {
        ServerSpec spec = ServerSpec.builder("tcp")
                .forwardTo("tcp://localhost:25 starttls smtp")
                .tls(tls -> tls.protocols("TLSv1.2"))
                .build();

        assertThat(spec.script()).contains(Script.parse("@forward tcp://localhost:25 starttls smtp"));
    }

    @Test
    void aUrlOfAServerCannotForward() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("tcp:?forwardTo=tcp://localhost:1"))
                .withMessageContaining(
                        "forwardTo cannot be set in a URL: use ServerSpecBuilder.forwardTo(…), or the step"
                                + " Behaviours.forwardTo(…)");
    }

    @Test
    void noStepCanFollow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Script.parse("@forward tcp://localhost:1\nS: a"))
                .withMessageContaining("@forward");
    }
}
