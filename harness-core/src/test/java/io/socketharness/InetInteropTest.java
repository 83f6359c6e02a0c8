package io.socketharness;

import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.daytime;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.script.Behaviours;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are not ours, and not written in Java. */
@Timeout(60)
class InetInteropTest {

    @Test
    void socatOverTcp() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", echo())) {
            assertThat(Program.run("hello\n", "socat", "-t5", "-", "TCP:127.0.0.1:" + server.port()))
                    .isEqualTo("hello\n");
            server.verify();
        }
    }

    @Test
    void socatOverUdp() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo())) {
            assertThat(Program.run("hello\n", "socat", "-t1", "-", "UDP:127.0.0.1:" + server.port()))
                    .isEqualTo("hello\n");
            server.verify();
        }
    }

    @Test
    void netcatReadsADaytimeServerToItsEnd() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", daytime())) {
            assertThat(Program.run("", "nc", "-w5", "127.0.0.1", String.valueOf(server.port())))
                    .matches("\\w+, \\w+ \\d+, \\d{4} \\d\\d:\\d\\d:\\d\\d-UTC\r\n");
            server.verify();
        }
    }

    @Test
    void curlGetsAPageFromAScript() throws Exception {
        Script page = Script.parse("""
                C: GET /greeting HTTP/1.1
                C: Host: ${host}:${port}
                C~ User-Agent: curl/.*
                C: Accept: */*
                C:
                S: HTTP/1.1 200 OK
                S: Content-Type: text/plain
                S: Connection: close
                S:
                S< hello, curl\\n
                @close
                """);
        try (FakeServer server = FakeServer.start("tcp:", page)) {
            assertThat(Program.run("", "curl", "-s", server.uri().toString().replace("tcp:", "http:") + "/greeting"))
                    .isEqualTo("hello, curl\n");
            server.verify();
        }
    }

    @Test
    void curlDistinguishesResetFromRefusal() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", expectLineMatching("GET .*"), reset())) {
            String url = "http://127.0.0.1:" + server.port() + "/";
            assertThat(Program.run("", "curl", "-sS", url)).contains("Connection reset by peer");
            server.refuse();
            assertThat(Program.run("", "curl", "-sS", url)).contains("curl: (7)");
        }
    }

    @Test
    void phpReadsTheTimeOverTcpAndUdp() throws Exception {
        try (FakeServer tcp = FakeServer.start("tcp:", send("The local time is 12:00\n"), close())) {
            assertThat(php("echo stream_get_contents(stream_socket_client('" + tcp.uri() + "'));"))
                    .isEqualTo("The local time is 12:00\n");
            tcp.verify();
        }
        try (FakeServer udp = FakeServer.start("udp:", Behaviours.receive(1, ""), send("12:00\r\n"))) {
            assertThat(php("$s = stream_socket_client('" + udp.uri()
                            + "'); fwrite($s, 'what time is it?'); echo fread($s, 26);"))
                    .isEqualTo("12:00\r\n");
            udp.verify();
            assertThat(udp.recording().exchanges().get(0).receivedText()).isEqualTo("what time is it?");
        }
    }

    @Test
    void phpIsRefused() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.refuse();
            assertThat(php("var_dump(@stream_socket_client('" + server.uri() + "', $no, $text)); echo \"$no $text\";"))
                    .isEqualTo("bool(false)\n111 Connection refused");
        }
    }

    private static String php(String code) throws Exception {
        return Program.run("", "php", "-r", code);
    }
}
