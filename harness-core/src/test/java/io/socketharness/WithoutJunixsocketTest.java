package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK has none of needs a library, which all the rest does without. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class WithoutJunixsocketTest {

    private static final String TO_ADD =
            "add the dependency com.kohlschutter.junixsocket:junixsocket-core:2.11.1 of type" + " pom false\n";

    @Test
    void theErrorNamesWhatIsToBeAdded() throws Exception {
        String without = ChildJvm.classPathWithout("junixsocket");

        assertThat(ChildJvm.runWith(WithoutJunixsocket.class, without, "udg:", "udg:@name", "unix:@name"))
                .isEqualTo("over a Unix socket\n"
                        + "cannot start udg: Unix datagrams need junixsocket because the JDK does not support them: "
                        + TO_ADD
                        + "cannot start udg:@name: Unix datagrams need junixsocket because the JDK does not support them: "
                        + TO_ADD
                        + "cannot start unix:@name: abstract names need junixsocket because the JDK does not support them: "
                        + TO_ADD);
    }

    @Test
    void withoutItsNativePartsTheErrorNamesThemToo() throws Exception {
        String without = ChildJvm.classPathWithout("junixsocket-native");

        assertThat(ChildJvm.runWith(WithoutJunixsocket.class, without, "udg:"))
                .contains("cannot start udg: Unix datagrams are not supported by junixsocket on this system; its"
                        + " native libraries come with com.kohlschutter.junixsocket:junixsocket-core:2.11.1"
                        + " of type pom true\n");
    }

    @Test
    void aPrivatePathIsShortWhereTheDirectoryForTemporaryFilesIsNot(@TempDir Path directory) throws Exception {
        Path deep = directory;
        while (deep.toString().length() < 90) {
            deep = Files.createDirectory(deep.resolve("temporary"));
        }

        assertThat(ChildJvm.run(WithoutJunixsocket.class, ChildJvm.CLASS_PATH, "-Djava.io.tmpdir=" + deep))
                .isEqualTo("over a Unix socket\n");
    }

    @Test
    void unixStreamsLoadNothingOfIt() throws Exception {
        assertThat(ChildJvm.run(WithoutJunixsocket.class, ChildJvm.CLASS_PATH, "-Xlog:class+load"))
                .contains("io.socketharness.FakeServer ", "over a Unix socket")
                .doesNotContain("org.newsclub.net.unix.", "io.socketharness.UnixDatagramPort");
    }
}
