package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Compose files of the command line. */
@Timeout(180)
class ComposeTest {

    @Test
    void theClientGetsTheAnswersOfTheScript() throws Exception {
        try (Services services = Services.run("compose.yaml")) {
            assertThat(services.log("mail"))
                    .contains("ready tcp://127.0.0.1:2525")
                    .contains("#0 S: 452 mailbox full")
                    .contains("socket-harness: 1 connection, no failures");
        }
    }

    @Test
    void theClientVerifiesTheNameOfTheService() throws Exception {
        try (Services services = Services.run("compose-tls.yaml")) {
            assertThat(services.log("mail"))
                    .contains("ready tls://127.0.0.1:4650")
                    .contains("#0 -- TLS established")
                    .contains("#0 S: 452 mailbox full");
        }
    }
}
