package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.frame;
import static io.socketharness.script.Behaviours.receive;
import static io.socketharness.script.Behaviours.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Framing;
import io.socketharness.script.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;

/** FTP has two ports: the server of the control connection tells the client the port of a second server. */
class FtpTest {

    @SocketServer
    FakeServer control;

    @SocketServer
    FakeServer data;

    // tag::ftp[]
    private String start() {
        control.enqueue(
                Script.resource(FtpTest.class, "/scripts/ftp.script", Map.of("data", String.valueOf(data.port()))));
        return "ftp://" + control.host() + ":" + control.port() + "/hello.txt";
    }

    @Test
    void curlFetchesAFile() throws Exception {
        data.enqueue(send("hello"), close());

        assertThat(Curl.run(start())).isEqualTo("hello");

        assertThat(control).connection(0).receivedContaining("RETR hello.txt\r\n");
    }

    @Test
    void curlReportsAnIncompleteFile() throws Exception {
        data.enqueue(send("he"), close());

        assertThat(Curl.run(start())).contains("3 bytes remaining to read");
    }
    // end::ftp[]

    @Test
    void commonsNetFetchesAFile() throws Exception {
        data.enqueue(send("hello"), close());
        ByteArrayOutputStream file = new ByteArrayOutputStream();

        FTPClient client = login();
        assertThat(client.retrieveFile("hello.txt", file)).isTrue();
        assertThat(client.logout()).isTrue();

        assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
    }

    @Test
    void commonsNetStoresAFile() throws Exception {
        data.enqueue(frame(Framing.untilClose()), receive("file"));

        FTPClient client = login();
        assertThat(client.storeFile("new.txt", new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        client.disconnect();

        assertThat(data).connection(0).received("hello");
    }

    private FTPClient login() throws Exception {
        start();
        FTPClient client = new FTPClient();
        client.setUseEPSVwithIPv4(true);
        client.connect(control.host(), control.port());
        assertThat(client.login("ann", "secret")).isTrue();
        client.enterLocalPassiveMode();
        return client;
    }
}
