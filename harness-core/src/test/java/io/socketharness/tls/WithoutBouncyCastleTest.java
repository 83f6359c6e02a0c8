package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers without TLS load nothing of it. */
@Timeout(60)
class WithoutBouncyCastleTest {

    private static final String MISSING =
            "creating certificates and reading PEM need Bouncy Castle, which is not on the class path: add the dependency"
                    + " org.bouncycastle:bcpkix-jdk18on";

    @Test
    void tcpAndUdpWorkWithItExcluded() throws Exception {
        assertThat(ChildJvm.run(WithoutBouncyCastle.class, ChildJvm.classPathWithout("bouncycastle")))
                .isEqualTo("without Bouncy Castle\nover TCP\nover UDP\n");
    }

    @Test
    void handshakesThatNeedItFailTheTest() throws Exception {
        assertThat(ChildJvm.runWith(WithoutBouncyCastle.class, ChildJvm.classPathWithout("bouncycastle"), "handshakes"))
                .isEqualTo("""
                        dtls://127.0.0.1: it can receive no more datagrams: java.lang.IllegalStateException: MISSING
                        tls://127.0.0.1: connection 0 cannot be served: java.lang.IllegalStateException: MISSING
                        """.replace("MISSING", MISSING));
    }

    @Test
    void aServerThatCannotSetItsPropertiesIsClosed() throws Exception {
        assertThat(ChildJvm.runWith(WithoutBouncyCastle.class, ChildJvm.classPathWithout("bouncycastle"), "property"))
                .isEqualTo("not started: " + MISSING + "; left are []\n");
    }

    @Test
    void certificatesAndPemSayWhatIsMissing() throws Exception {
        assertThat(ChildJvm.runWith(
                        WithoutBouncyCastle.class, ChildJvm.classPathWithout("bouncycastle"), "certificates"))
                .isEqualTo((MISSING + "\n").repeat(4));
    }

    @Test
    void theyLoadNothingOfIt() throws Exception {
        assertThat(ChildJvm.run(WithoutBouncyCastle.class, ChildJvm.CLASS_PATH, "-Xlog:class+load"))
                .contains("io.socketharness.FakeServer ", "over UDP")
                .doesNotContain(
                        "org.bouncycastle.cert.",
                        "io.socketharness.tls.CertificateAuthority",
                        "io.socketharness.tls.HeldCertificate",
                        "io.socketharness.internal.tls.TlsChannel",
                        "javax.net.ssl.SSLContext",
                        "sun.security.ssl.");
    }
}
