package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers without TLS load nothing of it. */
@Timeout(60)
class WithoutBouncyCastleTest {

    @Test
    void tcpAndUdpWorkWithItExcluded() throws Exception {
        String without = Arrays.stream(ChildJvm.CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.contains("bouncycastle"))
                .collect(Collectors.joining(File.pathSeparator));

        assertThat(ChildJvm.run(WithoutBouncyCastle.class, without))
                .isEqualTo("without Bouncy Castle\nover TCP\nover UDP\n");
    }

    @Test
    void theyLoadNothingOfIt() throws Exception {
        assertThat(ChildJvm.run(WithoutBouncyCastle.class, ChildJvm.CLASS_PATH, "-Xlog:class+load"))
                .contains("io.socketharness.FakeServer ", "over UDP")
                .doesNotContain(
                        "org.bouncycastle.cert.",
                        "io.socketharness.tls.CertificateAuthority",
                        "io.socketharness.tls.HeldCertificate",
                        "io.socketharness.tls.TlsChannel",
                        "javax.net.ssl.SSLContext",
                        "sun.security.ssl.");
    }
}
