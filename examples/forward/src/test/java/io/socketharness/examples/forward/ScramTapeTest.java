package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.script.Behaviours;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A login that no tape can replay: with SCRAM, the client and the server sign a new random value of the client. */
@Timeout(120)
class ScramTapeTest {

    @RegisterExtension
    static final RealServer POSTGRES = Postgres.server();

    @Test
    void cannotBeReplayed() throws Exception {
        Tape tape;
        try (FakeServer server = FakeServer.start("tcp:", Behaviours.forwardTo(POSTGRES.url()))) {
            login(server);
            server.verify();
            tape = Tape.of(server.recording());
        }

        try (FakeServer server = FakeServer.start("tcp:", tape)) {
            assertThatThrownBy(() -> login(server)).isInstanceOf(SQLException.class);
            assertThatThrownBy(server::verify)
                    .message()
                    .contains("step 4 of ", "SCRAM-SHA-256", "n=*,r=", "This is a replay of the tape.");
        }
        // the answer is signed for the random value that was recorded
        Tape masked = tape.mask("r=(?<nonce>.{24})").mask(",p=(?<proof>.{44})");
        try (FakeServer server = FakeServer.start("tcp:", masked)) {
            assertThatThrownBy(() -> login(server)).hasMessageContaining("server signature");
        }
    }

    private static void login(FakeServer server) throws SQLException {
        String url = "jdbc:postgresql://" + server.uri().getRawAuthority() + "/postgres?sslmode=disable";
        try (Connection connection = DriverManager.getConnection(url, "ann", Postgres.PASSWORD)) {
            connection.isValid(10);
        }
    }
}
