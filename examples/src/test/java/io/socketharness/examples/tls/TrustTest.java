package io.socketharness.examples.tls;

import static io.socketharness.examples.tls.Page.PAGE;
import static io.socketharness.examples.tls.Page.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.tls.CertificateAuthority;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** The trust in a server, in the forms that clients take. */
@SocketServer(transport = "tls", host = "localhost", script = PAGE)
class TrustTest {

    @Test
    void inEveryForm(FakeServer server) throws Exception {
        // tag::trust[]
        SSLContext context = server.tls().clientContext(); // HttpClient, SSLSocketFactory, Netty, OkHttp, ...
        String pem = server.tls().caPem();
        Path pemFile = server.tls().caPemFile(); // curl --cacert, PHP's cafile, Node's NODE_EXTRA_CA_CERTS, ...
        X509TrustManager manager = server.tls().trustManager(); // OkHttp's sslSocketFactory, beside the context's
        KeyStore store = server.tls().trustStore();

        CertificateAuthority authority = server.tls().settings().authority();
        Path pkcs12 = authority.pkcs12File("changeit"); // -Djavax.net.ssl.trustStore
        // end::trust[]

        assertThat(Files.readString(pemFile)).isEqualTo(pem);
        for (SSLContext each : new SSLContext[] {
            context, context(manager), context(trusting(store)), context(trusting(read(pkcs12.toFile(), "changeit")))
        }) {
            assertThat(get(server, each)).isEqualTo("hello");
        }
    }

    private static SSLContext context(TrustManager... managers) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    private static TrustManager[] trusting(KeyStore store) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore read(File file, String passphrase) throws Exception {
        return KeyStore.getInstance(file, passphrase.toCharArray());
    }
}
