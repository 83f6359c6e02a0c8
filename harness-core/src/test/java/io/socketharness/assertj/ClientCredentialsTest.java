package io.socketharness.assertj;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class ClientCredentialsTest {

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void reportsTheClientOfAUnixSocket() throws IOException {
        try (FakeServer server = FakeServer.start("unix:");
                SocketChannel unused = SocketChannel.open(server.socketAddress())) {
            PosixFileAttributes own = Files.readAttributes(server.path(), PosixFileAttributes.class);
            String user = own.owner().getName();
            String group = own.group().getName();

            assertThat(server).connection(0).hasClientUser(user).hasClientGroup(group);
            assertThatThrownBy(() -> assertThat(server).connection(0).hasClientUser("somebody"))
                    .hasMessageStartingWith(server.uri()
                            + ", connection 0: expected a client of user somebody, but it was a client of user " + user
                            + ", group " + group + "\n");
            assertThatThrownBy(() -> assertThat(server).connection(0).hasClientGroup("some"))
                    .hasMessageContaining("expected a client of group some, but it was a client of user ");
        }
    }

    @Test
    void saysThatOtherSocketsDoNotReportTheClient() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient unused = TestClient.connect(server)) {
            assertThatThrownBy(() -> assertThat(server).connection(0).hasClientUser("root"))
                    .hasMessageContaining(
                            "expected a client of user root, but the client is not known: only Unix stream sockets"
                                    + " report it\n");
        }
    }
}
