package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tapes of PostgreSQL, with its JDBC driver. Passwords are checked with MD5, because its salt is on the tape; with SCRAM
 * the client sends another random value each time.
 */
class PostgresqlTapeTest extends TapeContract {

    @RegisterExtension
    static final RealServer POSTGRES = Postgres.server("md5");

    @Override
    Stream<Client> clients() {
        List<String> report = List.of("expected  …00 00 00 05 68 65 6c 6c 6f", "received  …00 00 00 05 68 65 6c 6c 70");
        return Stream.of(
                new Client("pgjdbc", "tcp", List.of(), report, (server, word) -> query(server, word, "disable")),
                new Client(
                        "pgjdbc with TLS", "tcp", List.of(), report, (server, word) -> query(server, word, "require")));
    }

    @Override
    Behaviour forwardToRealServer(String transport) {
        return Behaviours.forwardTo("tcp://localhost:" + POSTGRES.port() + "?trust=any")
                .startTls("postgres");
    }

    @Override
    void stopRealServer() throws Exception {
        POSTGRES.stop();
    }

    private static void query(FakeServer server, String word, String sslMode) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", "ann");
        properties.put("password", Postgres.PASSWORD);
        properties.put("sslmode", sslMode);
        String url = "jdbc:postgresql://" + server.uri().getRawAuthority() + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, properties);
                PreparedStatement statement = connection.prepareStatement("SELECT upper(?)")) {
            statement.setString(1, word);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("HELLO");
            }
        }
    }
}
