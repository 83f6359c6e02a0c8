package io.socketharness.recording;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.network.NetworkConditions;
import io.socketharness.script.Script;
import io.socketharness.testing.Page;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import io.socketharness.testing.UnixDatagramClient;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings as HTML pages. */
class HtmlTest {

    @TempDir
    Path directory;

    private Page page(FakeServer... servers) throws Exception {
        Path file = directory.resolve("page.html");
        Captures.writeHtml(file, Stream.of(servers).map(FakeServer::recording).toArray(Recording[]::new));
        return Page.read(file);
    }

    private static void awaitFailure(FakeServer server) {
        server.recording()
                .awaitExchange(0)
                .await(e -> e.has(Event.Kind.FAILED), server.spec().timeout());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tcp://[::1]:0", "tlsv1.3:", "unix:"})
    void showsAStreamAsArrowsInTheOrderOfTime(String url) throws Exception {
        try (FakeServer server =
                FakeServer.start(url, Script.parse("C: EHLO x\nS: 250 ok\nC: QUIT\nS: 221 bye\n@close"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("EHLO x\r\n").readLine();
                client.send("QUIT\r\n").readToEnd();
            }
            server.recording()
                    .awaitExchange(0)
                    .await(e -> e.has(Event.Kind.COMPLETED), server.spec().timeout());
            Page page = page(server);

            assertThat(page.one("//header/p[@class='verdict']")).isEqualTo("No failure");
            assertThat(page.one("//h1")).isEqualTo(server.recording().title());
            assertThat(page.rows()).containsSubsequence("EHLO x", "250 ok", "QUIT", "221 bye", "closed by the server");
            assertThat(page.all("//li[@class='s']/details/summary/q")).containsExactly("250 ok", "221 bye");
            assertThat(page.all("//li[not(@class)]/details/summary/q")).containsExactly("EHLO x", "QUIT");
            assertThat(page.all("//li[not(@class)]/details/pre"))
                    .containsExactly("45 48 4c 4f 20 78 0d 0a  EHLO x..", "51 55 49 54 0d 0a  QUIT..");
            assertThat(page.all("//u")).containsExactly("line", "1", "2", "3", "4");
            assertThat(page.all("//li[not(@class)]/details/p"))
                    .containsExactly("step 1 of 5: C: EHLO x", "step 3 of 5: C: QUIT");
            assertThat(page.all("//section[@class='scripts']//li[@class='done']"))
                    .hasSize(5);
        }
    }

    @Test
    void showsAMismatchFirstAndMarksItsMessageAndLine() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("S: 220 hi\nC: EHLO a\nS: 250 ok\nC: QUIT"));
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("EHLO a\r\n").readLine();
            client.send("STAT\r\nNOOP\r\n").readToEnd();
            awaitFailure(server);
            Page page = page(server);

            assertThat(page.one("//header/p[@class='verdict failed']")).isEqualTo("Failed");
            assertThat(page.one("//section[@class='failure']/h2")).isEqualTo("step 4 of 4 failed");
            assertThat(page.one("//pre[@class='difference']"))
                    .isEqualTo("expected  QUIT\nreceived  STAT\n          ^ byte 0");
            assertThat(page.one("//span[@class='caret']")).isEqualTo("          ^ byte 0");
            assertThat(page.one("//section[@class='failure']/details/pre"))
                    .isEqualTo(Reports.failure(server).getMessage());
            assertThat(page.one("//section[@class='failure']/a/@href")).isEqualTo("#failed-0");
            assertThat(page.one("//li[@id='failed-0']//strong")).isEqualTo("STAT");
            assertThat(page.one("//li[@id='failed-0']/details/@open")).isEqualTo("open");
            assertThat(page.one("//li[@id='failed-0']//u")).isEqualTo("4");
            assertThat(page.one("//li[@class='n f']//q")).startsWith("the script failed at step 4 of 4: expected QUIT");
            assertThat(page.one("//li[@aria-current='step']/code")).isEqualTo("C: QUIT");
            assertThat(page.one("//li[@class='stop f']/em")).isEqualTo("stopped here");
        }
    }

    @Test
    void showsAnOutstandingStepAfterTheGap() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", Script.parse("C: a\nS: b\nC: c"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n").readLine();
            client.send("c");
            assertThatThrownBy(server::verify).isInstanceOf(AssertionError.class);
            Page page = page(server);

            assertThat(page.one("//section[@class='failure']/h2")).isEqualTo("step 3 of 3 failed");
            assertThat(page.rows()).contains("c no end of line");
            assertThat(page.all("//li[starts-with(@class, 'g')]"))
                    .last()
                    .asString()
                    .matches("nothing for \\d+ ms");
            assertThat(page.one("//li[@id='failed-0']//q"))
                    .startsWith("step 3 of 3 failed: the line \"c\" did not arrive within 100 ms");
            assertThat(page.one("//li[@class='stop f']/code")).isEqualTo("C: c");
        }
    }

    @Test
    void showsAllFailuresOfSeveralConnections() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a"));
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            one.send("b\r\n").readToEnd();
            two.send("c\r\n").readToEnd();
            Page page = page(server);

            assertThat(page.one("//header/p[@class='verdict failed']")).isEqualTo("2 failures");
            assertThat(page.all("//section[@class='failure']/a/@href")).containsExactly("#failed-0", "#failed-1");
            assertThat(page.all("//li/@id")).containsExactly("failed-0", "failed-1");
            assertThat(page.all("//section[@class='scripts']/details/summary"))
                    .containsExactly("connection 0", "connection 1");
        }
    }

    @Test
    void opensTheScriptOfTheFirstFailure() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a"));
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            two.send("c\r\n").readToEnd();
            one.send("b\r\n").readToEnd();
            Page page = page(server);

            assertThat(page.all("//section[@class='failure']/a/@href")).containsExactly("#failed-1", "#failed-0");
            assertThat(page.one("//section[@class='scripts']/details[@open]/summary"))
                    .isEqualTo("connection 1");
        }
    }

    @Test
    void showsFaultsOfTheNetworkNextToTheFailure() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", Script.parse("C: 1\nC: 2"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            server.network(NetworkConditions.dropDatagrams(1));
            client.send("1").send("2");
            awaitFailure(server);
            Page page = page(server);

            assertThat(page.all("//ul[@class='faults']/li")).anyMatch(fault -> fault.contains("(lost"));
            assertThat(page.one("//li[@class='e x w']//q")).contains("(lost");
            assertThat(page.one("//li[@id='failed-0']//strong")).isEqualTo("2");
        }
    }

    @Test
    void aDatagramThatTheNetworkLosesIsLost() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            server.network(NetworkConditions.dropDatagrams(2).toClient());
            client.send("1").receive();
            client.send("2");
            server.recording()
                    .awaitExchange(0)
                    .await(
                            e -> e.events().stream()
                                    .anyMatch(event -> event.detail().contains("(lost)")),
                            server.spec().timeout());
            Page page = page(server);

            assertThat(page.one("//li[@class='s x w']//q")).isEqualTo("2\nnetwork: datagram 2 sent, 1 byte (lost)");
            assertThat(page.all("//li[@class='s']//q")).containsExactly("1");
            assertThat(page.all("//li[@class='n w']//q")).noneMatch(row -> row.contains("datagram 2"));
        }
    }

    @Test
    void showsAReset() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.of(Script.parse("C: a"), reset()));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n");
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);

            assertThat(page(server).one("//li[@class='s e w']//q")).isEqualTo("reset by the server");
        }
    }

    @Test
    void showsAFailedHandshake() throws Exception {
        try (FakeServer server = FakeServer.start("tls:", Script.parse("C: a"));
                TestClient client = TestClient.connectPlain(server)) {
            client.send("not TLS\r\n").readBytesToEnd();
            awaitFailure(server);

            assertThat(page(server).one("//li[@id='failed-0']//q")).startsWith("TLS failed: ");
        }
    }

    @Test
    void showsDatagramsWithTheirBytes() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", echo());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send((byte) 0, (byte) 0xff, (byte) 0xfe).receive();
            client.send("two\nlines").receive();
            Page page = page(server);

            assertThat(page.rows()).contains("00 ff fe", "two\nlines", "this page was written");
            assertThat(page.all("//pre")).contains("00 ff fe  ...");
        }
    }

    @Test
    void showsDatagramsOfUnixSockets() throws Exception {
        try (FakeServer server = FakeServer.start("udg:", echo());
                UnixDatagramClient client = UnixDatagramClient.named(server)) {
            client.send("hello").receive();

            assertThat(page(server).rows()).contains("hello");
        }
    }

    @Test
    void joinsTheLinesOfOneWriteInOneArrow() throws Exception {
        try (FakeServer server =
                        FakeServer.start("tcp:", Script.parse("@batch\nS: 1\nS: 2\nS: 3\nS: 4\nS: 5\nS: 6\n@end\nS:"));
                TestClient client = TestClient.connect(server)) {
            for (int i = 0; i < 7; i++) {
                client.readLine();
            }
            Page page = page(server);

            assertThat(page.all("//li[@class='s']//q")).containsExactly("1\n2\n3\n4\n2 more lines", "empty line");
            assertThat(page.all("//li[@class='s']//pre")).anyMatch(text -> text.startsWith("1\\r\\n\n2\\r\\n\n3"));
        }
    }

    @Test
    void outputBesideTheScriptHasNoLine() throws Exception {
        String script = "@every 50ms\n  S: tick\n@end\nC: GO\nS: gone\n@close";
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.readLine();
            client.send("GO\r\n").readToEnd();
            Page page = page(server);

            assertThat(page.all("//summary[q='tick']/u")).isEmpty();
            assertThat(page.all("//summary[q='gone']/u")).containsExactly("5");
        }
    }

    @Test
    void aMessageOfManyWritesBeginsWithTheFirstOne() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a\n@drip 1 10ms\nS: slow\n@close"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n").readToEnd();
            Page page = page(server);
            Event first = server.recording().awaitExchange(0).events().stream()
                    .filter(event -> event.kind() == Event.Kind.SENT)
                    .findFirst()
                    .orElseThrow();

            assertThat(page.one("//li[@class='s']//q")).matches("slow\nsent in 6 parts over \\d+ ms");
            assertThat(page.one("//li[@class='s']//i"))
                    .isEqualTo(String.format(Locale.ROOT, "%.1f", first.at().toNanos() / 1e6));
        }
    }

    @Test
    void putsSeveralServersOnOneTimeLine() throws Exception {
        try (FakeServer one = FakeServer.start("tcp:", echo());
                FakeServer two = FakeServer.start("udp:", echo());
                TestClient first = TestClient.connect(one);
                TestClient.Udp second = TestClient.Udp.connect(two)) {
            first.send("1\n").readLine();
            second.send("2").receive();
            first.send("3\n").readLine();
            Page page = page(one, two);

            assertThat(page.rows())
                    .filteredOn(row -> row.matches(".* \\d"))
                    .containsExactlyInAnyOrder(
                            "tcp:" + one.port() + " #0 1",
                            "tcp:" + one.port() + " #0 1",
                            "udp:" + two.port() + " #0 2",
                            "udp:" + two.port() + " #0 2",
                            "tcp:" + one.port() + " #0 3",
                            "tcp:" + one.port() + " #0 3");
            assertThat(page.all("//div[@class='heads']/span"))
                    .containsExactly(
                            "client",
                            "tcp:" + one.port() + ", connection 0",
                            "udp:" + two.port() + ", connection 0",
                            "2 servers, 2 connections");
            List<String> times = page.all("//li/details/summary/i");
            assertThat(times.stream().map(Double::valueOf)).isSorted();
        }
    }

    @Test
    void lanesHaveTheNamesOfServers() throws Exception {
        try (FakeServer mail = FakeServer.start("tcp:?name=mail", echo());
                FakeServer field = FakeServer.start("tcp:?name=LoginTest.web", echo());
                FakeServer same = FakeServer.start("tcp:?name=LogoutTest.web", echo());
                TestClient one = TestClient.connect(mail);
                TestClient two = TestClient.connect(field);
                TestClient three = TestClient.connect(same)) {
            one.send("1\n").readLine();
            two.send("2\n").readLine();
            three.send("3\n").readLine();

            assertThat(page(mail).all("//div[@class='heads']/span"))
                    .containsExactly("client", "mail (tcp:" + mail.port() + ")");
            Page page = page(mail, field, same);
            assertThat(page.all("//div[@class='heads']/span"))
                    .containsExactly(
                            "client",
                            "mail (tcp:" + mail.port() + "), connection 0",
                            "web (tcp:" + field.port() + "), connection 0",
                            "web (tcp:" + same.port() + "), connection 0",
                            "3 servers, 3 connections");
            assertThat(page.rows())
                    .contains("mail #0 1", "web (tcp:" + field.port() + ") #0 2", "web (tcp:" + same.port() + ") #0 3");
        }
    }

    @Test
    void sharesALaneOfManyConnections() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", echo())) {
            for (int i = 0; i < 6; i++) {
                try (TestClient client = TestClient.connect(server)) {
                    client.send("hello\n").readLine();
                }
            }
            for (Exchange exchange : server.recording().exchanges()) {
                exchange.await(e -> e.has(Event.Kind.COMPLETED), server.spec().timeout());
            }
            Page page = page(server);

            assertThat(page.all("//div[@class='heads']/span")).containsExactly("client", "server, 6 connections");
            assertThat(page.rows()).contains("#0 hello", "#5 hello");
            assertThat(page.one("//section[@class='scripts']//summary")).isEqualTo("connection 0 and 5 more");
        }
    }

    @Test
    void writesAPageWithoutConnections() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", echo())) {
            Page page = page(server);

            assertThat(page.one("//header/p[@class='summary']")).isEqualTo("no connection · 0 messages · 0 bytes");
            assertThat(page.rows()).isEmpty();
            assertThat(page.one("//p[@class='no-client']"))
                    .isEqualTo("No client connected to " + server.recording().title()
                            + ". Does the client use this address?");
        }
    }

    @Test
    void saysWhichOfSeveralServersNoClientUsed() throws Exception {
        try (FakeServer used = FakeServer.start("tcp:", echo());
                FakeServer unused = FakeServer.start("udp:", echo());
                FakeServer down = FakeServer.start("tcp:", echo());
                TestClient client = TestClient.connect(used)) {
            client.send("a\n").readLine();
            down.goDown();

            assertThat(page(used, unused, down).all("//p[@class='no-client']"))
                    .containsExactly(
                            "No datagram arrived at " + unused.recording().title()
                                    + ". Does the client use this address?",
                            "No client connected to " + down.recording().title() + "; the server is down: goDown() was"
                                    + " called, and listen() accepts clients again.");
        }
    }

    @Test
    void saysWhatIsNotKept() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:?recordingLimit=10", echo());
                TestClient client = TestClient.connect(server)) {
            client.send("12345678901234567890\n").readLine();

            assertThat(page(server).rows()).anyMatch(row -> row.endsWith(" bytes, not kept"));
        }
    }

    @Test
    void throwsIfTheFileCannotBeWritten() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", echo())) {
            Path file = directory.resolve("absent").resolve("page.html");

            assertThatThrownBy(() -> server.recording().writeHtml(file))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(file.toString());
        }
    }
}
