package io.socketharness.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.testing.ChildJvm;
import io.socketharness.testing.Page;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepPageTest {

    private static final String TEMPERATURE = "C: <script>alert('TEMP?')</script> & more\nS: 21.5\n";

    @TempDir
    Path directory;

    private static Sweep sweep(String script) {
        return Sweep.of(ServerSpec.builder("tcp")
                        .name("thermometer")
                        .script(Script.parse(script))
                        .redact("secret-(\\d+)")
                        .build())
                .tolerating(IOException.class)
                .parallel(16)
                .max(2000);
    }

    /** Takes an end in the middle of the answer for its end. */
    private static void read(FakeServer server, String question) throws IOException {
        try (Socket socket = SweptSockets.connect(server, 500)) {
            socket.getOutputStream().write((question + "\r\n").getBytes(UTF_8));
            StringBuilder answer = new StringBuilder();
            for (int next = socket.getInputStream().read();
                    next >= 0 && next != '\n';
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
            assertThat(answer.toString()).isEqualTo("21.5\r");
        }
    }

    private Page page(SweepReport report) throws Exception {
        Path file = directory.resolve("sweep.html");
        report.writeHtml(file);
        return Page.read(file);
    }

    @Test
    void showsWhichFaultsBreakTheClient() throws Exception {
        SweepReport report = sweep(TEMPERATURE).run(server -> read(server, "<script>alert('TEMP?')</script> & more"));
        Page page = page(report);
        int failures = report.failures().size();
        assertThat(page.one("//p[@class='verdict failed']"))
                .isEqualTo(failures + " of " + report.runs().size() + " faults break the client");
        assertThat(page.one("//h1")).isEqualTo("Fault sweep of thermometer");
        assertThat(page.one("//section[@class='failure']/h2")).isEqualTo("The client returns a wrong result (WRONG)");
        assertThat(page.all("//section[@class='failure']//li"))
                .containsExactly("close at accept, C: <script>alert('TEMP?')</script> & more, S: 21.5");
        assertThat(page.all("//td[@class='bad']")).hasSize(3).allMatch(text -> text.startsWith("WRONG"));
        assertThat(page.all("//tbody/tr/th"))
                .containsExactly("accept", "C: <script>alert('TEMP?')</script> & more", "S: 21.5");
        assertThat(page.source())
                .doesNotContain("<script")
                .doesNotContain("://")
                .contains("default-src 'none'");
    }

    @Test
    void linksLeadToTheRuns() throws Exception {
        Page page = page(sweep("C: TEMP?\nS: 21.5\n").run(server -> read(server, "TEMP?")));
        List<String> ids = page.all("//@id");
        assertThat(ids).doesNotHaveDuplicates();
        List<String> links = page.all("//td/a/@href");
        Set<String> targets = new HashSet<>(page.all("//section[starts-with(@class, 'run')]/@id"));
        assertThat(links).hasSize(3).allSatisfy(link -> assertThat(targets).contains(link.substring(1)));
    }

    @Test
    void showsTheDiagramBesideTheCleanOne() throws Exception {
        Page page = page(sweep("C: TEMP?\nS: 21.5\n")
                .only("close after 2 bytes of \"S: 21.5\" (connection 0)")
                .run(server -> read(server, "TEMP?")));
        assertThat(page.all("//div[@class='beside']//h4")).containsExactly("Without a fault", "With the fault");
        assertThat(page.rows()).contains("TEMP?", "21.5", "21 no end of line");
        assertThat(page.one("//section[@class='run']//details/pre[@class='script']"))
                .isEqualTo("""
                        # close after 2 bytes of "S: 21.5" (connection 0)
                        # The client returns a wrong result.
                        C: TEMP?
                        S< 21
                        @half-close
                        @discard""");
    }

    @Test
    void saysWhatIsLeftOut() throws Exception {
        String answer = "S: 21.5\n";
        Page page = page(sweep("C: TEMP?\n" + answer).run(server -> {
            try {
                read(server, "TEMP?");
            } catch (IOException | AssertionError failed) {
                throw new IllegalStateException("secret-12345");
            }
        }));
        assertThat(page.all("//div[@class='beside']")).hasSize(50);
        assertThat(page.all("//p[@class='left-out']"))
                .isNotEmpty()
                .allMatch(text -> text.equals("Without a diagram: the page has diagrams of 50 runs."));
    }

    @Test
    void hidesSecrets() throws Exception {
        SweepReport report = sweep("C: secret-12345\nS: 21.5\n").run(server -> {
            try {
                read(server, "secret-12345");
            } catch (IOException | AssertionError failed) {
                throw new IllegalStateException("not accepted: secret-12345");
            }
        });
        assertThat(page(report).source()).contains("secret-*****").doesNotContain("12345");
        assertThatThrownBy(report::verify).hasMessageNotContaining("12345").hasMessageContaining("C: secret-*****");
    }

    @Test
    void saysThatNothingFailed() throws Exception {
        Page page = page(sweep("C: TEMP?\nS: 21.5\n")
                .only("reset before \"S: 21.5\" (connection 0)")
                .run(server -> read(server, "TEMP?")));
        assertThat(page.one("//p[@class='verdict']")).isEqualTo("No fault breaks the client");
        assertThat(page.all("//section[@class='failure']")).isEmpty();
        assertThat(page.all("//td[@class='none']")).contains("left out");
    }

    @Test
    void verifyWritesIt() throws Exception {
        ChildJvm.run(Plain.class, ChildJvm.CLASS_PATH, "-Dsocketharness.capture.directory=" + directory);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> directory.relativize(file).toString()))
                    .containsExactly("thermometer-1/sweep.html");
        }
    }

    static final class Plain {

        private Plain() {}

        public static void main(String[] args) {
            SweepReport report = sweep("C: TEMP?\nS: 21.5\n")
                    .timeLimit(Duration.ofSeconds(5))
                    .only("close after 2 bytes of \"S: 21.5\" (connection 0)")
                    .run(server -> read(server, "TEMP?"));
            try {
                report.verify();
            } catch (AssertionError failure) {
                String message = String.valueOf(failure.getMessage());
                if (!message.matches("(?s).*\n\nCaptured in file:///.*/thermometer-1/sweep\\.html")) {
                    throw new IllegalStateException("wrong message", failure);
                }
                return;
            }
            throw new IllegalStateException("nothing failed");
        }
    }
}
