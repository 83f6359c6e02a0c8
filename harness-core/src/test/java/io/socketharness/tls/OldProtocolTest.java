package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS 1.0 and 1.1, in a JVM that allows them and in one that does not. */
@Timeout(60)
class OldProtocolTest {

    @Test
    void spokenWhereTheJvmAllowsThem(@TempDir Path directory) throws Exception {
        Path properties = Files.writeString(
                directory.resolve("java.security"),
                "jdk.tls.disabledAlgorithms=SSLv3, RC4, DES, MD5withRSA, NULL, anon\n");

        assertThat(ChildJvm.run(OldProtocol.class, ChildJvm.CLASS_PATH, "-Djava.security.properties=" + properties))
                .isEqualTo("PONG over TLSv1\nPONG over TLSv1.1\n");
    }

    @Test
    void refusedWithThePropertyElsewhere() {
        assertThatThrownBy(() -> FakeServer.start("tlsv1.0:"))
                .hasMessageContaining(
                        "TLSv1 is disabled in this JVM by the security property jdk.tls.disabledAlgorithms");
    }
}
