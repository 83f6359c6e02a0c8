package io.socketharness.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.ChildJvm;
import io.socketharness.tls.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The place of files that nobody named. */
@Timeout(60)
class PrivateFilesTest {

    private final CertificateAuthority authority = CertificateAuthority.shared();

    @Test
    void nobodyElseMayEnterIt() throws Exception {
        Path directory = authority.pemFile().getParent();

        assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(authority.pkcs12File("comet")).hasParent(directory);
        assertThat(authority.issue().pemFile()).hasParent(directory);
    }

    @Test
    void theyGoWithTheJvm() throws Exception {
        List<Path> files = ChildJvm.run(LeavesFiles.class, ChildJvm.CLASS_PATH)
                .lines()
                .map(Path::of)
                .toList();

        assertThat(files).hasSize(3).doesNotHaveDuplicates().noneMatch(Files::exists);
        assertThat(files.get(0).getParent()).doesNotExist();
    }
}
