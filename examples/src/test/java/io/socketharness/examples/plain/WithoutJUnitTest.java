package io.socketharness.examples.plain;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Connection;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A server in any test framework or none: whoever starts it verifies and closes it. */
class WithoutJUnitTest {

    private final TimeClient client = new TimeClient();

    @Test
    void theTestIsTheScript() throws Exception {
        // tag::accept[]
        try (FakeServer server = FakeServer.start("tcp://localhost:0")) {
            Future<String> answer = client.ask(server.address(), "time?");
            Connection connection = server.accept(); // waits for the client, up to the timeout
            assertThat(connection.receiveLine()).isEqualTo("time?");
            connection.sendLine("12:00");
            assertThat(answer.get()).isEqualTo("12:00");
        }
        // end::accept[]
    }

    @Test
    void theServerHasAScript() throws Exception {
        // tag::start[]
        try (FakeServer server = FakeServer.start("tcp:", expectLine("time?"), sendLine("12:00"))) {
            assertThat(client.ask(server.address(), "time?").get()).isEqualTo("12:00");
            server.verify();
        }
        // end::start[]
    }
}
