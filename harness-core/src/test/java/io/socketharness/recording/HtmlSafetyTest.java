package io.socketharness.recording;

import static io.socketharness.script.Behaviours.echo;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.testing.Page;
import io.socketharness.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages of recordings must not contain: code from the wire, addresses to load, secrets, and too many bytes. */
class HtmlSafetyTest {

    private static final String HOSTILE =
            "<script>alert(1)</script>\"'&]]> \u202egnp.exe \u001b[31m \0 \u2028 \ufeff https://evil.test//x";

    @TempDir
    Path directory;

    private Page page(FakeServer server) throws Exception {
        Path file = directory.resolve("page.html");
        server.recording().writeHtml(file);
        return Page.read(file);
    }

    @Test
    void everythingFromTheWireIsEscapedAndVisible() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: " + "hello\nC: bye"));
                TestClient client = TestClient.connect(server)) {
            client.send(HOSTILE + "\r\n").readToEnd();
            Page page = page(server);

            assertThat(page.all("//script")).hasSize(1);
            assertThat(page.rows())
                    .contains("<script>alert(1)</script>\"'&]]> \\u202egnp.exe \\x1b[31m \\x00 \\u2028 \\ufeff"
                            + " https://evil.test//x");
            assertThat(page.source().codePoints())
                    .allMatch(c -> c == '\n' || c >= ' ' && c != 0x7f)
                    .doesNotContain(0x202e, 0x2028, 0xfeff, 0);
        }
    }

    @Test
    void bytesThatAreNotTextAreVisible() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", echo());
                TestClient client = TestClient.connect(server)) {
            byte[] line = "mostly text, but not all of it: ?\n".getBytes(StandardCharsets.UTF_8);
            line[32] = (byte) 0xc3;
            client.send(line).readLine();

            assertThat(page(server).rows()).contains("mostly text, but not all of it: \\xc3");
        }
    }

    @Test
    void loadsNothing() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", echo());
                TestClient client = TestClient.connect(server)) {
            client.send("hello\n").readLine();
            Page page = page(server);

            assertThat(page.all("//@*")).noneMatch(value -> value.contains("://") || value.startsWith("//"));
            assertThat(page.all("//style | //script"))
                    .allSatisfy(code -> assertThat(code).doesNotContain("//", "url(", "@import", "fetch"));
            assertThat(page.all("//@src | //link | //iframe | //img")).isEmpty();
            assertThat(page.one("//meta[@http-equiv]/@content")).startsWith("default-src 'none'");
        }
    }

    @Test
    void secretsAreHiddenWhereverTheyAre() throws Exception {
        ServerSpec spec = ServerSpec.builder("tcp")
                .redact("PASS (.*)")
                .script(Script.parse("C: PASS s3cret\nS: ok\nC: QUIT"))
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient client = TestClient.connect(server)) {
            client.send("PASS s3cret\r\n").readLine();
            client.send("again s3cret\r\n").readToEnd();
            Page page = page(server);

            assertThat(page.rows()).contains("PASS ******", "again ******");
            assertThat(page.source())
                    .doesNotContain("s3cret", "s3 ", "73 33")
                    .contains("C: PASS ******", "received  again ******");
        }
    }

    @Test
    void smallMessagesLeaveOutBytesAndSaySo() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", echo());
                TestClient client = TestClient.connect(server)) {
            for (int i = 0; i < 2500; i++) {
                client.send("PING\r\n").readLine();
            }
            Page page = page(server);

            assertThat(page.size()).isLessThanOrEqualTo((64 << 10) + 10 * 2500 * 12);
            assertThat(page.one("//p[@class='left-out']"))
                    .matches("Left out to keep this page small: the bytes of \\d+ messages\\."
                            + " A pcapng file of the recording has everything\\.");
            assertThat(page.rows().stream().filter("PING"::equals)).hasSize(5000);
        }
    }

    @Test
    void tinyMessagesLeaveOutRowsAndSaySo() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            for (int i = 0; i < 1000; i++) {
                client.send("&").receive();
            }
            Page page = page(server);

            assertThat(page.size()).isLessThanOrEqualTo((64 << 10) + 10 * 2000);
            assertThat(page.one("//p[@class='left-out']")).contains(" rows, and the bytes of ");
            assertThat(page.one("//li[@class='o']")).matches("\\d+ rows are left out");
        }
    }

    /** Any bytes, of which many need an escape, in messages of any size. */
    @Test
    void everyPageIsWellFormedAndWithinTheLimit() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 40; round++) {
            int most = 1 + random.nextInt(round % 4 == 0 ? 20_000 : 40);
            long recorded = 0;
            try (FakeServer server = FakeServer.start(round % 2 == 0 ? "udp:" : "tcp:", echo());
                    TestClient.Udp datagrams = round % 2 == 0 ? TestClient.Udp.connect(server) : null;
                    TestClient stream = round % 2 == 0 ? null : TestClient.connect(server)) {
                for (int i = random.nextInt(400); i >= 0 && recorded < 1_000_000; i--) {
                    byte[] bytes = round % 3 == 0
                            ? new byte[random.nextInt(most) + 1]
                            : text(random, random.nextInt(most) + 1).getBytes(StandardCharsets.UTF_8);
                    if (round % 3 == 0) {
                        random.nextBytes(bytes);
                    }
                    if (datagrams != null) {
                        datagrams.send(bytes).receiveBytes();
                    } else if (stream != null) {
                        stream.send(bytes).readBytes(bytes.length);
                    }
                    recorded += 2L * bytes.length;
                }
                Page page = page(server);

                assertThat((long) page.size()).as("round %s", round).isLessThanOrEqualTo((64 << 10) + 10 * recorded);
            }
        }
    }

    private static String text(Random random, int length) {
        String characters = "<>&\"'\0\u001b\t\r\n ab\u202e\u00e9\u4f60\ud83d\ude00\ufffe";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    @Test
    void longMessagesAreCut() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C~ x+\nS: ok"));
                TestClient client = TestClient.connect(server)) {
            client.send("x".repeat(100_000) + "\n").readLine();
            Page page = page(server);

            assertThat(page.size()).isLessThan(500_000);
            assertThat(page.rows()).anyMatch(row -> row.matches("(?s)x{160}… \\(100000 bytes\\).*"));
            assertThat(page.all("//details/p")).anyMatch(text -> text.matches("\\d+ more bytes are left out"));
        }
    }
}
