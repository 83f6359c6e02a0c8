package io.socketharness.assertj;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.echo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.testing.TestClient;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.TlsSettings;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangeTlsTest {

    @Test
    void reportsTheNegotiatedParameters() throws IOException {
        TlsSettings settings = TlsSettings.builder()
                .clientCertificate(ClientCertificate.WANTED)
                .build();
        ServerSpec spec = ServerSpec.builder("tlsv1.2")
                .tls(settings.toBuilder().protocols("TLSv1.2").build())
                .build();
        try (FakeServer server = FakeServer.start(spec, echo());
                TestClient unused = TestClient.connectTls(
                        server, server.tls().clientContext(server.tls().issueClientCertificate("CN=anna,O=Example")))) {
            assertThat(server).connection(0).negotiated("TLSv1.2").presentedCertificate("CN=anna,O=Example");
            assertThatThrownBy(() -> assertThat(server).connection(0).negotiated("TLSv1.3"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(server.uri()
                            + ", connection 0: expected TLS to be established with TLSv1.3, but it was TLSv1.2\n");
            assertThatThrownBy(() -> assertThat(server).connection(0).negotiatedApplicationProtocol("h2"))
                    .hasMessageContaining("expected the application protocol h2, but it was none");
            assertThatThrownBy(() -> assertThat(server).connection(0).requestedServerName("mail.test"))
                    .hasMessageContaining("expected the client to ask for the host mail.test, but it was none");
        }
    }

    @Test
    void reportsWhyTlsFailed() {
        try (FakeServer server = FakeServer.start("tls:?certificate=self_signed")) {
            assertThatThrownBy(() -> TestClient.connect(server)).isInstanceOf(SSLException.class);

            assertThat(server).connection(0).refusedCertificate().failedTls("the client refused our certificate");
            assertThatThrownBy(() -> assertThat(server).connection(0).failedTls("protocol_version"))
                    .hasMessageContaining(
                            "expected TLS to fail for a reason with \"protocol_version\", but TLS failed: the client refused");
            assertThatThrownBy(() -> assertThat(server).connection(0).negotiated("TLSv1.3"))
                    .hasMessageContaining("but TLS failed: the client refused our certificate");
            assertThatThrownBy(() -> assertThat(server).connection(0).received("a"))
                    .hasMessageContaining("but TLS failed: the client refused our certificate");
        }
    }

    @Test
    void doesNotWaitForTlsWhereTheClientHasGone() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            TestClient.connect(server).close();

            assertThatThrownBy(() -> assertThat(server).connection(0).negotiated("TLSv1.3"))
                    .hasMessageContaining(
                            "expected TLS to be established with TLSv1.3, but it was closed by the client");
        }
    }
}
