package io.socketharness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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

    @Test
    void survivesOverTcp() {
        SweepReport report = Sweep.of(
                        ServerSpec.builder("tcp").script(Script.parse(MAIL)).build())
                .tolerating(IOException.class)
                .timeLimit(Duration.ofSeconds(3))
                .parallel(4)
                .max(2000)
                .run(CorrectClientTest::sendOverTcp);
        assertThat(report.failures()).isEmpty();
        assertThat(report.counts()).containsOnlyKeys(Verdict.SURVIVED, Verdict.TOLERATED, Verdict.NOT_APPLICABLE);
        report.verify();
    }

    private static void sendOverTcp(FakeServer server) throws IOException {
        try (MailClient client = new MailClient(SweptSockets.connect(server, 300))) {
            client.send();
        }
    }
}
