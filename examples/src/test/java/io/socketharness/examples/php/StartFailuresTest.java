package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerStartException;
import io.socketharness.junit5.SocketServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 2, {@code $errno} and {@code $errstr}: one exception with the address, the system's reason and what to do. The guide
 * has a table of many more, which are run too.
 */
@Timeout(60)
class StartFailuresTest {

    @Test
    void aPortThatIsTaken(@SocketServer FakeServer other) throws Exception {
        assertThat(Php.run("report.php", other.uri().toString(), "."))
                .contains("$errno = 0, $errstr = 'Address already in use'");

        assertThatThrownBy(() -> FakeServer.start(other.uri().toString()))
                .isInstanceOf(ServerStartException.class)
                .hasMessage(
                        "cannot start " + other.uri() + ": Address already in use; another socket has this port: use"
                                + " port 0 for a free one and inject it");
    }

    @Test
    void aDirectoryThatIsNotThere(@TempDir Path directory) throws Exception {
        String url = "unix://" + directory + "/none/x.sock";

        assertThat(Php.run("report.php", url, ".")).contains("$errno = 0, $errstr = ''");

        assertThatThrownBy(() -> FakeServer.start(url))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("cannot start " + url + ": the directory " + directory
                        + "/none does not exist; create it first, or use no path for a private socket");
    }
}
