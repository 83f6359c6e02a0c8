package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the port of a protocol, tshark reads the fields of its messages. */
class PcapngDissectionTest {

    @TempDir
    Path directory;

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private Tshark write(FakeServer server, int asPort) throws Exception {
        server.verify();
        Tshark tshark = Tshark.write(directory, server, asPort);
        tshark.requireWellFormed();
        assertThat(tshark.run("-q", "-z", "expert")).doesNotContain("Errors", "Warns");
        return tshark;
    }

    @Test
    void smtp() throws Exception {
        Script script = Script.parse("""
                S: 220 mail.test ESMTP
                C: EHLO client.test
                S: 250-mail.test
                S: 250 STARTTLS
                C: MAIL FROM:<a@client.test>
                S: 250 ok
                C: QUIT
                S: 221 bye
                @close
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("EHLO client.test\r\n").readLine();
            client.readLine();
            client.send("MAIL FROM:<a@client.test>\r\n").readLine();
            client.send("QUIT\r\n").readToEnd();
            client.close();
            Tshark tshark = write(server, 25);
            assertThat(tshark.fields("smtp.req", "smtp.req.command", "smtp.req.parameter"))
                    .containsExactly("EHLO;client.test", "MAIL;FROM:<a@client.test>", "QUIT;");
            assertThat(tshark.fields("smtp.rsp", "smtp.response.code")).first().isEqualTo("220");
            assertThat(tshark.fields("smtp.response.code == 221", "smtp.rsp.parameter"))
                    .containsExactly("bye");
        }
    }

    @Test
    void http() throws Exception {
        Script script = Script.parse("""
                C: GET /orders?id=7 HTTP/1.1
                C: Host: shop.test
                C:
                @batch
                  S: HTTP/1.1 200 OK
                  S: Content-Type: text/plain
                  S: Content-Length: 5
                  S:
                  S< hello
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("GET /orders?id=7 HTTP/1.1\r\nHost: shop.test\r\n\r\n").read(69);
            Tshark tshark = write(server, 80);
            assertThat(tshark.fields("http.request", "http.request.method", "http.request.uri", "http.host"))
                    .containsExactly("GET;/orders?id=7;shop.test");
            assertThat(tshark.fields("http.response", "http.response.code", "http.content_type", "http.file_data"))
                    .containsExactly("200;text/plain;hello");
        }
    }

    @Test
    void redis() throws Exception {
        Script script = Script.parse("""
                C: *2
                C: $3
                C: GET
                C: $5
                C: order
                S< $5\\r\\nbooks\\r\\n
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("*2\r\n$3\r\nGET\r\n$5\r\norder\r\n").read(11);
            Tshark tshark = write(server, 6379);
            assertThat(tshark.fields("resp", "resp.array.length", "resp.bulk_string.value"))
                    .containsExactly("2;474554|6f72646572", ";626f6f6b73");
        }
    }

    @Test
    void dns() throws Exception {
        String name = "04 shop 04 test 00".replace("shop", "73686f70").replace("test", "74657374");
        String query = "1234 0100 0001 0000 0000 0000" + name + "0001 0001";
        String answer = "1234 8180 0001 0001 0000 0000" + name + "0001 0001 c00c 0001 0001 0000003c 0004 0a000007";
        try (FakeServer server = FakeServer.start("udp:", Script.parse("C! " + query + "\nS! " + answer));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send(hex(query)).receiveBytes();
            Tshark tshark = write(server, 53);
            assertThat(tshark.fields("dns", "dns.id", "dns.qry.name", "dns.flags.response", "dns.a"))
                    .containsExactly("0x1234;shop.test;0;", "0x1234;shop.test;1;10.0.0.7");
        }
    }

    @Test
    void postgresql() throws Exception {
        String startup = "00000013 00030000 7573657200 616e6e6100 00";
        String ready = "52 00000008 00000000" + "5a 00000005 49";
        String query = "51 0000000d" + "53454c454354203100";
        String result = "54 0000001e 0001" + "636f756e7400" + "00000000 0000 00000017 0004 ffffffff 0000"
                + "44 0000000b 0001 00000001 31"
                + "43 0000000d 53454c454354203100"
                + "5a 00000005 49";
        Script script = Script.parse("C! " + startup + "\nS! " + ready + "\nC! " + query + "\nS! " + result);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send(hex(startup)).readBytes(hex(ready).length);
            client.send(hex(query)).readBytes(hex(result).length);
            Tshark tshark = write(server, 5432);
            assertThat(tshark.fields("pgsql.frontend == 1", "pgsql.type", "pgsql.parameter_value", "pgsql.query"))
                    .containsExactly("Startup message;anna;", "Simple query;;SELECT 1");
            assertThat(tshark.fields(
                            "pgsql.frontend == 0", "pgsql.type", "pgsql.col.name", "pgsql.val.data", "pgsql.tag"))
                    .containsExactly(
                            "Authentication request|Ready for query;;;",
                            "Row description|Data row|Command completion|Ready for query;count;31;SELECT 1");
        }
    }

    @Test
    void mqtt() throws Exception {
        String connect = "10 10 0004 4d515454 04 02 003c 0004 73686f70";
        String publish = "30 0b 0006 6f7264657273 313233";
        Script script = Script.parse("C! " + connect + "\nS! 20 02 00 00\nC! " + publish + "\nC! e0 00");
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send(hex(connect)).readBytes(4);
            client.send(hex(publish)).send(hex("e000"));
            Tshark tshark = write(server, 1883);
            assertThat(tshark.fields("mqtt.msgtype == 1", "mqtt.clientid", "mqtt.ver"))
                    .containsExactly("shop;4");
            assertThat(tshark.fields("mqtt.msgtype == 2", "mqtt.conack.val")).containsExactly("0");
            assertThat(tshark.fields("mqtt.msgtype == 3", "mqtt.topic", "mqtt.msg"))
                    .containsExactly("orders;313233");
            assertThat(tshark.fields("mqtt.msgtype == 14", "frame.comment")).hasSize(1);
        }
    }

    @Test
    void aPortOutOfRangeIsRefused() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:")) {
            assertThatThrownBy(() -> server.recording().writePcapng(directory.resolve("zero.pcapng"), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port 0 is out of range; 1 to 65535 is allowed");
        }
    }
}
