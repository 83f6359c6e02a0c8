package io.socketharness;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.startTls;
import static io.socketharness.script.Behaviours.startTlsResumed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that requires a resumed session. */
@Timeout(60)
class StartTlsResumedTest {

    private static final Behaviour[] PONG = {expectLine("PING"), sendLine("PONG")};

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
    void passesIfTheClientResumes(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url)) {
            SSLContext context = server.tls().clientContext();
            server.enqueue(PONG);
            ping(server, context);
            server.enqueue(startTlsResumed(), PONG[0], PONG[1]);
            ping(server, context);

            server.verify();
            assertThat(server).connection(1).resumedSession();
        }
    }

    private static void ping(FakeServer server, SSLContext context) throws IOException {
        try (TestClient client = TestClient.connectTls(server, context)) {
            assertThat(client.send("PING\r\n").readLine()).isEqualTo("PONG\r\n");
        }
    }

    @Test
    void passesAfterUnencryptedLines() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            SSLContext context = server.tls().clientContext();
            server.enqueue(expectLine("AUTH TLS"), sendLine("234 go ahead"), startTls(), PONG[0], PONG[1]);
            upgrade(server, context);
            server.enqueue(Script.parse("""
                    C: AUTH TLS
                    S: 234 go ahead
                    @starttls resumed
                    C: PING
                    S: PONG
                    """));
            upgrade(server, context);

            server.verify();
            assertThat(server).connection(0).didNotResumeSession();
            assertThat(server).connection(1).resumedSession();
        }
    }

    private static void upgrade(FakeServer server, SSLContext context) throws IOException {
        try (Socket plain = new Socket(server.host(), server.port())) {
            plain.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(plain.getInputStream().readNBytes(14)).hasSize(14);
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", -1, true);
            secure.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(secure.getInputStream().readNBytes(6)).asString().isEqualTo("PONG\r\n");
            secure.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
    void reportsAClientThatOffersNoSession(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, Script.parse("@starttls resumed\nS: 220 ready"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEmpty();

            assertThat(Reports.of(server))
                    .startsWith("""
                            tls://127.0.0.1:PORT, connection 0: step 1 of 2 failed

                              expected a resumed session, but the client made a full handshake: the client offered no session

                              Does it keep its sessions? Clients of the JDK find a session by host and port, within one SSLContext. A client of TLS 1.3 has a session only after it has read from the connection.

                            """)
                    .contains("TLS established: ")
                    .endsWith("""
                              not reached
                                @starttls resumed               <- here
                                S: 220 ready
                            """);
            assertThat(server).connection(0).didNotResumeSession();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
    void reportsAClientThatOffersAnUnknownSession(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url)) {
            SSLContext context = server.tls().clientContext();
            server.enqueue(PONG);
            ping(server, context);
            server.tls().forgetSessions();
            server.enqueue(startTlsResumed());
            try (TestClient client = TestClient.connectTls(server, context)) {
                assertThat(client.readToEnd()).isEmpty();
            }

            assertThatThrownBy(server::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("""
                              expected a resumed session, but the client made a full handshake: the client offered a session that this server cannot resume

                              Which server issued it, and for which version of TLS? Servers share sessions only if all of them have the same TlsSettings, with sessions(TlsSessions.create()).
                            """);
            assertThat(server.recording().exchanges().get(1).events())
                    .filteredOn(event -> event.kind() == Event.Kind.FAILED)
                    .extracting(Event::detail)
                    .containsExactly("the script failed at step 1 of 1: expected a resumed session, but the client made"
                            + " a full handshake: the client offered a session that this server cannot resume");
        }
    }

    @Test
    void reportsAServerThatResumesNoSessions() throws IOException {
        try (FakeServer server = FakeServer.start("tls:?resumption=false", startTlsResumed());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEmpty();

            assertThatThrownBy(server::verify).hasMessageContaining("""
                      expected a resumed session, but the client made a full handshake: this server resumes no sessions

                      Remove resumption = false, or TlsSessions.none(), from its settings.
                    """);
        }
    }

    @Test
    void throwsInTheThreadOfTheTest() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.accept();
            FutureTask<TestClient> secured = new FutureTask<>(() -> client.startTls(server));
            new Thread(secured).start();

            assertThatThrownBy(() -> connection.tls().startResumed())
                    .isInstanceOf(ExpectationFailed.class)
                    .hasMessageStartingWith("expected a resumed session, but the client made a full handshake: the"
                            + " client offered no session\n\n");
            secured.get().close();
        }
    }

    @Test
    void mustBeTheFirstStepOverTls() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("tls:", expectLine("a"), startTlsResumed()))
                .withMessageStartingWith(
                        "over tls, @starttls resumed must be the first step: the connection is encrypted");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("dtls:", startTlsResumed()))
                .withMessage("over dtls, @starttls resumed needs a stream: TLS can begin during a conversation only on"
                        + " streams");
    }
}
