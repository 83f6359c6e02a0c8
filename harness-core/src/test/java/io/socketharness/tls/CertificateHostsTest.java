package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class CertificateHostsTest {

    @Test
    void clientsVerifyTheHosts() throws IOException {
        try (FakeServer server = FakeServer.start("tls:?strict=false&certificateHosts=mail.test,10.0.0.1")) {
            handshake(server, "mail.test");
            handshake(server, "10.0.0.1");
            handshake(server, "localhost");
            handshake(server, "127.0.0.1");

            assertThatThrownBy(() -> handshake(server, "other.test"))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("No subject alternative DNS name matching other.test found");
        }
    }

    private static void handshake(FakeServer server, String name) throws IOException {
        try (Socket plain = new Socket(server.host(), server.port());
                SSLSocket socket = (SSLSocket) server.tls()
                        .clientContext()
                        .getSocketFactory()
                        .createSocket(plain, name, server.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    @Test
    void settingsKeepTheHosts() {
        TlsSettings settings =
                TlsSettings.builder().certificateHosts("mail.test").build();

        assertThat(settings.certificateHosts()).containsExactly("mail.test");
        assertThat(settings.toBuilder().build()).isEqualTo(settings);
        assertThat(settings).isNotEqualTo(TlsSettings.defaults());
        assertThat(settings.toBuilder().certificateHosts().build()).isEqualTo(TlsSettings.defaults());
    }

    @Test
    void aNameMustBeValid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsSettings.builder().certificateHosts("mail test"))
                .withMessageContaining("mail test");
    }

    @Test
    void hostsAreForIssuedCertificatesOnly() {
        HeldCertificate own = CertificateAuthority.create().issue();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsSettings.builder()
                        .certificate(own)
                        .certificateHosts("mail.test", "10.0.0.1")
                        .build())
                .withMessage(
                        "found certificateHosts mail.test, 10.0.0.1 and a certificate, which is used unchanged; set"
                                + " one of them");
    }

    @Test
    void hostsContradictTheWrongHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("tls:?certificate=wrong_host&certificateHosts=mail.test"))
                .withMessage("\"tls:?certificate=wrong_host&certificateHosts=mail.test\": found certificateHosts"
                        + " mail.test and the certificate WRONG_HOST, which is for another host; set one of them");
    }
}
