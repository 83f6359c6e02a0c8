package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.startTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS that begins in the middle of a conversation. */
@Timeout(60)
class StartTlsTest {

    private static final String UPGRADE = """
            S: 220 mail.test ESMTP
            C: STARTTLS
            S: 220 go ahead
            @starttls
            C: QUIT
            S: 221 bye
            """;

    @Test
    void continuesThroughTls() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(UPGRADE));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("220 mail.test ESMTP\r\n");
            assertThat(client.send("STARTTLS\r\n").readLine()).isEqualTo("220 go ahead\r\n");
            TestClient secure = client.startTls(server);
            assertThat(secure.send("QUIT\r\n").readLine()).isEqualTo("221 bye\r\n");
            server.verify();

            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.handshake().orElseThrow().protocol()).isEqualTo("TLSv1.3");
            assertThat(exchange.receivedText()).isEqualTo("STARTTLS\r\nQUIT\r\n");
            assertThat(exchange.sentText()).isEqualTo("220 mail.test ESMTP\r\n220 go ahead\r\n221 bye\r\n");
            assertThat(withoutComments(exchange.toScript())).isEqualTo(UPGRADE);
        }
    }

    private static String withoutComments(String script) {
        return script.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    @Test
    void takesAHelloThatCameWithTheRequest() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("GO"), startTls(), expectLine("PING"))) {
            try (PipeliningClient client = new PipeliningClient(server, "GO\r\n")) {
                client.send("PING\r\n");
                server.verify();
                assertThat(server.recording().exchanges().get(0).receivedText()).isEqualTo("GO\r\nPING\r\n");
            }
        }
    }

    @Test
    void unencryptedDataBeforeTheHelloFailsTheStep() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(UPGRADE));
                TestClient client = TestClient.connect(server)) {
            client.send("STARTTLS\r\nMAIL FROM:<anna@mail.test>\r\n").readToEnd();

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("step 4 of 6 failed")
                    .hasMessageContaining(
                            "TLS failed: the client did not send TLS, but MAIL" + " FROM:<anna@mail.test>\\r\\n");
        }
    }

    @Test
    void aTolerantServerDropsUnencryptedData() throws Exception {
        try (FakeServer server =
                FakeServer.start("tcp:", Script.parse("C: GO\n@starttls tolerant\nC: PING\nS: PONG"))) {
            try (PipeliningClient client = new PipeliningClient(server, "GO\r\nNOOP\r\n")) {
                assertThat(client.send("PING\r\n").readLine()).isEqualTo("PONG\r\n");
                server.verify();
                assertThat(server.recording().exchanges().get(0).receivedText()).isEqualTo("GO\r\nNOOP\r\nPING\r\n");
            }
        }
    }

    @Test
    void aHelloThatNeverComesIsWaitedForAsLongAsTheStepSays() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: GO\n@within 50ms\n@starttls"));
                TestClient client = TestClient.connect(server)) {
            client.send("GO\r\n").readToEnd();

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("step 3 of 3 failed")
                    .hasMessageContaining("the client did not continue its TLS handshake in time");
        }
    }

    @Test
    void anAcceptedConnectionCanBeSecured() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.accept();
            FutureTask<String> answer = new FutureTask<>(
                    () -> client.startTls(server).send("PING\r\n").readLine());
            new Thread(answer).start();
            connection.startTls();
            assertThat(connection.receiveLine()).isEqualTo("PING");
            connection.sendLine("PONG");
            assertThat(answer.get()).isEqualTo("PONG\r\n");
            assertThatIllegalStateException()
                    .isThrownBy(connection::startTls)
                    .withMessage("the connection is already encrypted, and TLS can begin only once; a client that waits"
                            + " for a script starts TLS immediately: enqueue its script before it connects");
        }
    }

    /** The thread that read for the connection before it was accepted may do the handshake, and be late to record it. */
    @Test
    void recordsTheHandshakeOfASecuredConnection() throws Exception {
        for (int i = 0; i < 100; i++) {
            try (FakeServer server = FakeServer.start("tcp:");
                    TestClient client = TestClient.connect(server)) {
                Connection connection = server.accept();
                FutureTask<TestClient> secured = new FutureTask<>(() -> client.startTls(server));
                new Thread(secured).start();
                connection.startTls();
                assertThat(connection.exchange().handshake()).isPresent();
                secured.get().close();
            }
        }
    }

    @Test
    void aPromiseThatIsNeverKept() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", expectLine("GO"), sendLine("ready"), sendLine("plain text all the same"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("GO\r\n").readLine()).isEqualTo("ready\r\n");
            assertThatThrownBy(() -> client.startTls(server))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("Unsupported or unrecognized SSL message");
        }
    }

    @Test
    void aHandshakeThatTakesTooLongIsGivenUp() throws IOException {
        ServerSpec spec =
                ServerSpec.builder("tls").timeout(Duration.ofMillis(100)).build();
        try (FakeServer server = FakeServer.start(spec, expectLine("PING"));
                java.net.Socket client = new java.net.Socket(server.host(), server.port())) {
            client.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1});
            assertThat(client.getInputStream().readAllBytes()).isEmpty();

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("TLS failed: the client did not continue the handshake within 100 ms");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "smtp     | S: 220 hi;C~ EHLO .*;S: 250 STARTTLS;C: STARTTLS;S: 220 go;@starttls",
                "imap     | S: * OK hi;C: . CAPABILITY;S: * CAPABILITY STARTTLS;S: . OK done;C: . STARTTLS;S: . OK"
                        + " go;@starttls",
                "pop3     | S: +OK hi;C: STLS;S: +OK go;@starttls",
                "ftp      | S: 220 hi;C: AUTH TLS;S: 234 go;@starttls",
                "ldap     | C! 301d02010177188016312e332e362e312e342e312e313436362e3230303337;"
                        + "S! 300c020101 7807 0a0100 0400 0400;@starttls",
                "postgres | C! 00000008 04d2162f;S< S;@starttls",
                "mysql    | S! 330000000a 382e302e3000 01000000 0101010101010101 00 ff88 21 0200 ff81 15"
                        + " 00000000000000000000"
                        + " 010101010101010101010101 00;C! 20000001 85ae7f00 00000001 21"
                        + " 0000000000000000000000000000000000000000000000;"
                        + "@starttls",
                "xmpp     | C~ <stream:stream .*version='1.0'>;@starttls",
            })
    void opensslUpgrades(String protocol, String script) throws Exception {
        if (protocol.equals("xmpp")) {
            script = "@frame until >;@receive;S< <stream:stream xmlns:stream='http://etherx.jabber.org/streams'"
                    + " version='1.0'><stream:features><starttls"
                    + " xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features;"
                    + "@receive;S< <proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/;@starttls;@frame none";
        }
        Script whole = Script.parse(script.replace(";", "\n") + "\nC: PING\nS: PONG\n@close\n");
        try (FakeServer server = FakeServer.start("tcp:", whole)) {
            String output = Program.run(
                    "PING\n",
                    "openssl",
                    "s_client",
                    "-quiet",
                    "-no_ign_eof",
                    "-ign_eof",
                    "-verify_return_error",
                    "-CAfile",
                    server.tls().caPemFile().toString(),
                    "-starttls",
                    protocol,
                    "-connect",
                    server.host() + ":" + server.port());
            server.verify();
            assertThat(output).contains("PONG");
        }
    }
}
