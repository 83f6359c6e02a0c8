package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.script.Behaviours.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real PostgreSQL, with its JDBC driver: a query is recorded in clear, even if TLS encrypts it. */
@Timeout(120)
class PostgresqlTest {

    private static final String QUERY = "SELECT 'hello' AS greeting";

    /** With the default, a login would contain the certificate that the client has seen: that of the fake server. */
    private static final Map<String, String> TLS = Map.of("sslmode", "require", "channelBinding", "disable");

    @RegisterExtension
    static final RealServer POSTGRES = Postgres.server();

    @Test
    @SocketServer(forwardTo = "tcp://localhost:${postgres.port}")
    void recordsAQuery(FakeServer server) throws Exception {
        assertThat(greeting(server, Map.of("sslmode", "disable"))).isEqualTo("hello");

        assertThat(server).connection(0).receivedContaining(QUERY);
    }

    // tag::tls[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:${postgres.port}?trust=any starttls postgres")
    void recordsAnEncryptedQuery(FakeServer server) throws Exception {
        assertThat(greeting(server, TLS)).isEqualTo("hello");

        assertThat(server).connection(0).negotiated("TLSv1.3").receivedContaining(QUERY);
    }
    // end::tls[]

    @Test
    @SocketServer(forwardTo = "tcp://localhost:${postgres.port}?trust=any starttls postgres")
    void recordsAQueryInClearIfTheClientDoesNotAskForTls(FakeServer server) throws Exception {
        assertThat(greeting(server, Map.of("sslmode", "disable"))).isEqualTo("hello");

        assertThat(server).connection(0).receivedContaining(QUERY);
        assertThat(server.recording().exchanges().get(0).handshake()).isEmpty();
    }

    @Test
    @SocketServer(forwardTo = "tcp://localhost:${postgres.port}?trust=any starttls postgres", network = "slice 3")
    void recordsAnEncryptedQueryThatComesInPieces(FakeServer server) throws Exception {
        assertThat(greeting(server, TLS)).isEqualTo("hello");

        assertThat(server).connection(0).receivedContaining(QUERY);
    }

    @Test
    @SocketServer(forwardTo = "tcp://localhost:${postgres.port}?trust=any starttls postgres")
    void recordsAnEncryptedQueryOfPsql(FakeServer server) throws Exception {
        String database = "host=" + server.host() + " port=" + server.port() + " dbname=postgres user=ann password="
                + Postgres.PASSWORD + " sslmode=require channel_binding=disable";

        assertThat(Program.run("", "psql", "-X", "-A", "-t", database, "-c", QUERY))
                .isEqualTo("hello\n");

        assertThat(server).connection(0).negotiated("TLSv1.3").receivedContaining(QUERY);
    }

    // tag::cancel[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:${postgres.port}")
    void cancelsAQueryOnAnotherConnection(FakeServer server) throws Exception {
        try (Connection connection = connect(server, Map.of("sslmode", "disable"));
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1); // then the driver connects again and asks to cancel

            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(100)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("57014")); // query cancelled
        }
        assertThat(server).hasConnections(2);
    }
    // end::cancel[]

    // tag::trust[]
    @Test
    void checksTheCertificateOfTheRealServer() throws Exception {
        String url = "tcp://localhost:" + POSTGRES.port() + "?trust=" + Postgres.AUTHORITY.pemFile();
        try (FakeServer server = FakeServer.start("tcp:", forwardTo(url).startTls("postgres"))) {
            assertThat(greeting(server, TLS)).isEqualTo("hello");

            assertThat(server).connection(0).negotiated("TLSv1.3").receivedContaining(QUERY);
        }
    }
    // end::trust[]

    // tag::binding[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:${postgres.port}?trust=any starttls postgres")
    void channelBindingNoticesTheFakeServer(FakeServer server) {
        assertThatThrownBy(() -> greeting(server, Map.of("sslmode", "require")))
                .hasMessage("FATAL: SCRAM channel binding check failed");
    }
    // end::binding[]

    // tag::breaks[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:${postgres.port}")
    void reportsThatTheConnectionBreaks(FakeServer server) throws Exception {
        try (Connection connection = connect(server, Map.of("sslmode", "disable"));
                Statement statement = connection.createStatement()) {
            server.network(limit(10).reset().toClient()); // in the middle of the next answer

            assertThatThrownBy(() -> statement.executeQuery(QUERY))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("08006")); // connection failure
        }
    }
    // end::breaks[]

    private static String greeting(FakeServer server, Map<String, String> settings) throws SQLException {
        try (Connection connection = connect(server, settings);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            rows.next();
            return rows.getString("greeting");
        }
    }

    private static Connection connect(FakeServer server, Map<String, String> settings) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", "ann");
        properties.put("password", Postgres.PASSWORD);
        properties.putAll(settings);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres", properties);
    }
}
