package io.socketharness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A correct client survives a whole sweep. */
class CorrectClientTest {

    static final String MAIL = """
            S: 220 ready
            C: EHLO client
            S: 250 hello
            C: MAIL FROM:<a@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            @close
            """;

    private static final String STARTTLS = """
            S: 220 ready
            C: EHLO client
            S: 250 hello
            C: STARTTLS
            S: 220 go ahead
            @starttls
            C: EHLO client
            S: 250 hello
            C: QUIT
            S: 221 bye
            @close
            """;

    private static final int TIMEOUT = 400;

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "tlsv1.2", "unix"})
    void survivesOverStreams(String transport) {
        SweepReport report = sweep(transport, MAIL).run(server -> {
            try (MailClient client = new MailClient(SweptSockets.connect(server, TIMEOUT))) {
                client.send();
            }
        });
        assertSurvived(report);
    }

    @Test
    void survivesStartTls() {
        SweepReport report = sweep("tcp", STARTTLS).run(server -> {
            try (Socket plain = SweptSockets.connect(server, TIMEOUT)) {
                MailClient client = new MailClient(plain);
                client.greeting();
                client.command("EHLO client");
                client.command("STARTTLS");
                MailClient secure = new MailClient(SweptSockets.startTls(server, plain));
                secure.command("EHLO client");
                secure.command("QUIT");
                secure.close();
            }
        });
        assertSurvived(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "dtls"})
    void survivesOverDatagrams(String transport) {
        String script = """
                @match
                  C~ (?<id>\\d+) (?<name>[ab])
                  S: ${id} value of ${name}
                @end
                """;
        SweepReport report = sweep(transport, script).run(server -> {
            try (DatagramClient client = new DatagramClient(server)) {
                assertThat(client.lookUp("1", "a")).isEqualTo("value of a");
                assertThat(client.lookUp("2", "b")).isEqualTo("value of b");
            }
        });
        assertThat(report.failures()).isEmpty();
        // the client sends its question again, and ignores other answers
        assertThat(report.counts()).containsOnlyKeys(Verdict.SURVIVED);
    }

    /** The plan is what the documentation says. */
    @Test
    void plansWhatIsDocumented() {
        SweepReport report = sweep("tcp", "C: TEMP?\nS: 21.5\nS: end\nC: a longer line of the client\nS: bye\n@close\n")
                .max(1)
                .run(server -> {
                    try (MailClient client = new MailClient(SweptSockets.connect(server, TIMEOUT))) {
                        client.write("TEMP?");
                        client.line();
                        client.line();
                        client.write("a longer line of the client");
                        client.line();
                        // otherwise the server may have nothing to close
                        assertThatThrownBy(client::line).isInstanceOf(EOFException.class);
                    }
                });
        int accept = 2 + 2 * 2;
        int question = (7 + 1) * 3 * 2;
        int answer = (6 + 1) * 3 * 2 + 3;
        int coalesced = 1;
        int second = (5 + 1) * 3 * 2 + 3;
        int longer = 5 * 3 * 2;
        int last = (5 + 1) * 3 * 2 + 3;
        int end = 2 * 2;
        assertThat(report.runs()).hasSize(accept + question + answer + coalesced + second + longer + last + end);
        assertThat(report.runs()).extracting(SweepRun::name).doesNotHaveDuplicates();
        assertThat(report.counts().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(report.runs().size());
        assertThat(report.counts().get(Verdict.LEFT_OUT))
                .isEqualTo(report.runs().size() - 1);
    }

    private static Sweep sweep(String transport, String script) {
        ServerSpec spec = ServerSpec.parse(transport + ":").toBuilder()
                .script(Script.parse(script))
                .build();
        return Sweep.of(spec)
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(4))
                .parallel(16)
                .max(2000);
    }

    private static void assertSurvived(SweepReport report) {
        assertThat(report.failures())
                .as(() -> report.failures().stream()
                        .map(run -> run + "\n" + run.reason() + "\n" + run.dialogue())
                        .collect(Collectors.joining("\n")))
                .isEmpty();
        // on a busy machine the client may give up before the fault
        assertThat(report.counts())
                .doesNotContainKeys(Verdict.DIVERGED, Verdict.LEFT_OUT)
                .containsKeys(Verdict.SURVIVED, Verdict.TOLERATED);
        report.verify();
    }
}
