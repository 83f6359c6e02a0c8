package io.socketharness;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.echo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.script.Script;
import io.socketharness.testing.ChildJvm;
import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.Program;
import io.socketharness.testing.TestClient;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.HeldCertificate;
import io.socketharness.tls.TlsSessions;
import io.socketharness.tls.TlsSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that clients resume: recorded, shared, refused and forgotten. */
@Timeout(120)
class TlsSessionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
    void recordsAResumedSession(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo())) {
            SSLContext client = server.tls().clientContext();
            speak(server, client);
            speak(server, client);
            speak(server, server.tls().clientContext());

            assertThat(server).connection(0).didNotResumeSession();
            assertThat(server).connection(1).resumedSession();
            assertThat(server).connection(2).didNotResumeSession();
            assertThat(dialogue(server, 0)).contains("TLS established: ").doesNotContain("resumed");
            assertThat(dialogue(server, 1)).containsPattern("TLS established: TLSv1.[23], TLS_\\w+, resumed\n");
            server.verify();
        }
    }

    private static String dialogue(FakeServer server, int connection) {
        return server.recording().awaitExchange(connection).awaitEnd().toString();
    }

    /** A client of the JDK, which keeps its sessions in the context, by host and port. */
    private static void speak(FakeServer server, SSLContext context) throws IOException {
        try (TestClient client = TestClient.connectTls(server, context)) {
            assertThat(client.send("a").read(1)).isEqualTo("a");
        }
    }

    @Test
    void recordsAResumedSessionUnderDtls() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", echo())) {
            SSLContext client = DtlsClient.context(server);
            speakDtls(server, client);
            speakDtls(server, client);

            assertThat(server).connection(0).didNotResumeSession();
            assertThat(server).connection(1).resumedSession();
            server.verify();
        }
    }

    private static void speakDtls(FakeServer server, SSLContext context) throws Exception {
        try (DtlsClient client = DtlsClient.connect(server, context)) {
            assertThat(client.send("a").receive()).isEqualTo("a");
        }
    }

    @Test
    void saysThatAConnectionHasNoTls() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", echo());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a").read(1)).isEqualTo("a");

            assertThatThrownBy(() -> assertThat(server).connection(0).resumedSession())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(server.uri()
                            + ", connection 0: expected a resumed session, but that did not happen within 100 ms\n\n"
                            + "  The connection has no TLS: no handshake was completed. A connection has TLS if the server's"
                            + " transport is tls or dtls, or after @starttls.\n\n");
        }
    }

    @Test
    void saysWhatTheHandshakeWas() throws IOException {
        try (FakeServer server = FakeServer.start("tls:", echo())) {
            SSLContext client = server.tls().clientContext();
            speak(server, client);
            speak(server, client);

            assertThatThrownBy(() -> assertThat(server).connection(0).resumedSession())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(server.uri()
                            + ", connection 0: expected a resumed session, but it was a full handshake\n\n"
                            + "  The client made a full handshake: the client offered no session\n\n  Does it keep its"
                            + " sessions? ");
            assertThatThrownBy(() -> assertThat(server).connection(1).didNotResumeSession())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            server.uri() + ", connection 1: expected a full handshake, but it was a resumed session\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResumedSessionHasTheClientCertificate(String protocol) throws IOException {
        TlsSettings settings = TlsSettings.builder()
                .protocols(protocol)
                .clientCertificate(ClientCertificate.NEEDED)
                .build();
        try (FakeServer server =
                FakeServer.start(ServerSpec.builder("tls").tls(settings).build(), echo())) {
            SSLContext client = server.tls().clientContext(server.tls().issueClientCertificate("CN=anna"));
            speak(server, client);
            speak(server, client);

            assertThat(server).connection(1).resumedSession().presentedCertificate("CN=anna");
        }
    }

    /** Without tickets, the JDK's server keeps sessions in its cache; a system property that is read once. */
    @Test
    void sessionsInTheCacheOfTheServerAreTheSame() throws Exception {
        String output = ChildJvm.run(
                SessionsInCache.class,
                ChildJvm.CLASS_PATH,
                "-Djdk.tls.server.enableSessionTicketExtension=false",
                "-Djdk.tls.client.enableSessionTicketExtension=false");

        assertThat(output).isEqualTo("""
                tlsv1.2: false true false true
                tlsv1.3: false true false true
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslResumesUntilTheServerForgets(String protocol, @TempDir Path directory) throws Exception {
        String session = directory.resolve("session.pem").toString();
        try (FakeServer server = FakeServer.start("tls:", Script.parse("S: hi\n@close"))) {
            openssl(server, "-ign_eof", protocol, "-sess_out", session);
            openssl(server, "-ign_eof", protocol, "-sess_in", session);
            server.tls().forgetSessions();
            openssl(server, "-ign_eof", protocol, "-sess_in", session);

            assertThat(server).connection(0).didNotResumeSession();
            assertThat(server).connection(1).resumedSession();
            assertThat(server).connection(2).didNotResumeSession();
            server.verify();
        }
    }

    @Test
    void opensslReconnects() throws Exception {
        try (FakeServer server = FakeServer.start("tlsv1.2:?optional=true")) {
            assertThat(openssl(server, "-tls1_2", "-reconnect")).contains("New, TLSv", "Reused, TLSv");

            assertThat(server).connection(0).didNotResumeSession();
            for (int i = 1; i <= 5; i++) {
                assertThat(server).connection(i).resumedSession();
            }
        }
    }

    private static String openssl(FakeServer server, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-verify_return_error",
                "-CAfile",
                server.tls().caPemFile().toString(),
                "-connect",
                server.host() + ":" + server.port()));
        command.addAll(List.of(more));
        return Program.run("", command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
    void forgetsSessionsWithTheSameCertificate(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo())) {
            SSLContext client = server.tls().clientContext();
            HeldCertificate before = server.tls().certificate();
            speak(server, client);
            server.tls().forgetSessions();
            speak(server, client);
            speak(server, client);

            assertThat(server).connection(1).didNotResumeSession();
            assertThat(server).connection(2).resumedSession();
            assertThat(server.tls().certificate()).isSameAs(before);
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:?resumption=false", "tlsv1.3:?resumption=false"})
    void resumesNoSessions(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, echo())) {
            SSLContext client = server.tls().clientContext();
            for (int i = 0; i < 3; i++) {
                speak(server, client);
                assertThat(server).connection(i).didNotResumeSession();
            }
            server.tls().forgetSessions();
            server.verify();
        }
    }

    @Test
    void resumesNoSessionsUnderDtls() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:?resumption=false", echo())) {
            SSLContext client = DtlsClient.context(server);
            speakDtls(server, client);
            speakDtls(server, client);

            assertThat(server).connection(1).didNotResumeSession();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, true", "TLSv1.3, true", "TLSv1.2, false", "TLSv1.3, false"})
    void serversShareSessionsIfTheirSettingsSaySo(String protocol, boolean shared) throws IOException {
        TlsSettings.Builder settings = TlsSettings.builder().protocols(protocol);
        if (shared) {
            settings.sessions(TlsSessions.create());
        }
        ServerSpec spec = ServerSpec.builder("tls").tls(settings.build()).build();
        try (FakeServer one = FakeServer.start(spec, echo());
                FakeServer other = FakeServer.start(spec, echo())) {
            SSLContext client = one.tls().clientContext();
            for (FakeServer server : List.of(one, other)) {
                try (Socket plain = new SocketOfPort(server, one.port());
                        SSLSocket secure = layered(plain, client)) {
                    secure.getOutputStream().write('a');
                    assertThat(secure.getInputStream().read()).isEqualTo('a');
                }
            }

            assertThat(one).connection(0).didNotResumeSession();
            if (shared) {
                assertThat(other).connection(0).resumedSession();
                assertThat(other.tls().certificate()).isSameAs(one.tls().certificate());
            } else {
                assertThat(other).connection(0).didNotResumeSession();
            }
        }
    }

    @Test
    void aServerThatStartsAfterTheEndOfAnotherSharesItsSessions() throws IOException {
        ServerSpec spec = ServerSpec.builder("tls")
                .tls(tls -> tls.sessions(TlsSessions.create()))
                .build();
        FakeServer before = FakeServer.start(spec, echo());
        SSLContext client = before.tls().clientContext();
        speak(before, client);
        before.close();
        try (FakeServer after = FakeServer.start(spec, echo());
                Socket plain = new SocketOfPort(after, before.port())) {
            layered(plain, client).close();

            assertThat(after).connection(0).resumedSession();
        }
    }

    private static SSLSocket layered(Socket plain, SSLContext context) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", -1, true);
        secure.startHandshake();
        return secure;
    }

    /** The JDK finds a session by host and port of its socket: one that names the port of another server. */
    private static final class SocketOfPort extends Socket {

        private final int named;

        SocketOfPort(FakeServer server, int named) throws IOException {
            super(server.host(), server.port());
            this.named = named;
        }

        @Override
        public int getPort() {
            return named;
        }
    }

    @Test
    void serversThatShareSessionsForgetThemTogether() throws IOException {
        ServerSpec spec = ServerSpec.builder("tls")
                .tls(tls -> tls.sessions(TlsSessions.create()))
                .build();
        try (FakeServer one = FakeServer.start(spec, echo());
                FakeServer other = FakeServer.start(spec, echo())) {
            SSLContext client = one.tls().clientContext();
            speak(one, client);
            other.tls().forgetSessions();
            speak(one, client);

            assertThat(one).connection(1).didNotResumeSession();
        }
    }

    @Test
    void refusesServersThatCannotShareSessions() {
        TlsSessions sessions = TlsSessions.create();
        ServerSpec first =
                ServerSpec.builder("tls").tls(tls -> tls.sessions(sessions)).build();
        ServerSpec otherProtocol =
                first.toBuilder().tls(tls -> tls.protocols("TLSv1.2")).build();
        ServerSpec otherHost = first.toBuilder().host("localhost").build();
        try (FakeServer server = FakeServer.start(first)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FakeServer.start(otherProtocol))
                    .withMessage("servers that share TLS sessions need equal TLS settings, but this server has"
                            + " TlsSettings{protocols=[TLSv1.2], sessions=shared}, and the first one"
                            + " TlsSettings{sessions=shared}; give all of them the same TlsSettings");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FakeServer.start(otherHost))
                    .withMessage("servers that share TLS sessions have one certificate, but this server is bound to"
                            + " localhost, and the first one to 127.0.0.1; bind them to the same host, or set a"
                            + " certificate for both in TlsSettings");
            assertThat(server.tls().settings().sessions()).containsSame(sessions);
        }
    }

    @Test
    void serversOnOtherHostsShareSessionsWithTheirOwnCertificate() {
        TlsSettings settings = TlsSettings.builder()
                .certificate(CertificateAuthority.shared().issue("localhost", "127.0.0.1"))
                .sessions(TlsSessions.create())
                .build();
        ServerSpec spec = ServerSpec.builder("tls").tls(settings).build();
        try (FakeServer one = FakeServer.start(spec);
                FakeServer other =
                        FakeServer.start(spec.toBuilder().host("localhost").build())) {
            assertThat(one.tls().certificate()).isSameAs(other.tls().certificate());
        }
    }
}
