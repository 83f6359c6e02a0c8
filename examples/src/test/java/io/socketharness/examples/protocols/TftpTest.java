package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;
import org.junit.jupiter.api.Test;

/** TFTP: Commons Net and curl. The server answers from another port than the one that was asked. */
class TftpTest {

    // tag::tftp[]
    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/tftp.script")
    void curlFetchesAFile(FakeServer server) throws Exception {
        assertThat(Curl.run(url(server))).isEqualTo("hello");
    }
    // end::tftp[]

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/tftp-no-file.script")
    void curlTellsThatThereIsNoSuchFile(FakeServer server) throws Exception {
        assertThat(Curl.run(url(server))).contains("curl: (68)");
    }

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/tftp.script")
    void commonsNetFetchesAFile(FakeServer server) throws Exception {
        assertThat(fetch(server)).isEqualTo("hello");

        assertThat(server).hasConnections(1);
    }

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/tftp-no-file.script")
    void commonsNetTellsThatThereIsNoSuchFile(FakeServer server) {
        assertThatThrownBy(() -> fetch(server)).isInstanceOf(IOException.class).hasMessageContaining("no such file");
    }

    private static String url(FakeServer server) {
        return "tftp://" + server.host() + ":" + server.port() + "/hello.txt";
    }

    private static String fetch(FakeServer server) throws IOException {
        TFTPClient client = new TFTPClient();
        client.open();
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            client.receiveFile("hello.txt", TFTP.BINARY_MODE, file, server.host(), server.port());
            return file.toString(StandardCharsets.UTF_8);
        } finally {
            client.close();
        }
    }
}
