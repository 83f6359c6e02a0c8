package io.socketharness.examples.tls;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** TLS from the first byte: the JDK's HTTP client against certificates that were made for the test. */
class HttpsTest {

    private static final String PAGE = """
            C: GET / HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S: HTTP/1.1 200 OK
            S: Content-Length: 5
            S:
            S< hello
            """;

    // tag::tls[]
    @Test
    @SocketServer(transport = "tls", host = "localhost", script = PAGE)
    void trustsTheAuthorityOfTheServer(FakeServer server) throws Exception {
        assertThat(get(server, server.tls().clientContext())).isEqualTo("hello");

        assertThat(server).connection(0).negotiated("TLSv1.3");
    }

    @Test
    @SocketServer(transport = "tls", certificate = CertificateKind.EXPIRED)
    void refusesAnExpiredCertificate(FakeServer server) {
        assertThatThrownBy(() -> get(server, server.tls().clientContext())).isInstanceOf(SSLException.class);

        assertThat(server).connection(0).failedTls("the client closed"); // others send an alert, and its name is told
    }
    // end::tls[]

    @Test
    @SocketServer(
            transport = "tls",
            host = "localhost",
            clientCertificate = ClientCertificate.NEEDED,
            applicationProtocols = "http/1.1",
            script = PAGE)
    void showsACertificateOfItsOwn(FakeServer server) throws Exception {
        SSLContext anna = server.tls().clientContext(server.tls().issueClientCertificate("CN=anna"));

        assertThat(get(server, anna)).isEqualTo("hello");

        assertThat(server).connection(0).presentedCertificate("CN=anna").negotiatedApplicationProtocol("http/1.1");
    }

    private static String get(FakeServer server, SSLContext context) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + server.host() + ":" + server.port() + "/"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
