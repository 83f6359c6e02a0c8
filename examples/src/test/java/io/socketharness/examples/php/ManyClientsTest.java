package io.socketharness.examples.php;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Row 15, {@code stream_select} over many clients: each is greeted when it connects, gets back what it says, and is closed.
 * Here each client is at its own place in the script, and nothing has to be selected.
 */
@Timeout(60)
class ManyClientsTest {

    // tag::many[]
    @Test
    @SocketServer(script = """
            @eol lf
            S: Good day
            @receive line
            S: You have sent :[${line}]
            @close
            """)
    void servesAllClientsAtOnce(FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("greeter.php")) {
            String heard = Php.run("greeted.php", ours.uri().toString());

            assertThat(heard).isEqualTo(Php.run("greeted.php", php.uri().toString()));
            assertThat(heard).startsWith("0: Good day\n1: Good day\n").contains("19: You have sent :[I am 19]\n18: ");
        }
        assertThat(ours).hasConnections(20);
    }
    // end::many[]
}
