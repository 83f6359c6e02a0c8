package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL: its JDBC driver. */
class PostgresqlTest {

    @Test
    @SocketServer(scriptResource = "/scripts/postgresql.script", host = "localhost")
    void jdbcReadsARowThroughTls(FakeServer database) throws Exception {
        Properties properties = properties();
        properties.put("sslmode", "verify-full");
        properties.put("sslrootcert", database.tls().caPemFile().toString());

        try (Connection connection = DriverManager.getConnection(url(database), properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT greeting FROM greetings")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("greeting")).isEqualTo("hello");
            assertThat(rows.next()).isFalse();
        }

        assertThat(database)
                .connection(0)
                .negotiated("TLSv1.3")
                .receivedContaining("user\0ann\0")
                .receivedContaining("SELECT greeting FROM greetings");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/postgresql-full.script")
    void jdbcTellsThatThereAreTooManyClients(FakeServer database) {
        assertThatThrownBy(() -> DriverManager.getConnection(url(database), properties()))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("53300"))
                .hasMessage("FATAL: sorry, too many clients already");
    }

    @Test
    @Timeout(30)
    void jdbcCancelsAQuery(@SocketServer FakeServer database) throws Exception {
        database.enqueue(Script.resource(getClass(), "/scripts/postgresql-busy.script"));
        database.enqueue(Script.resource(getClass(), "/scripts/postgresql-cancel.script"));

        try (Connection connection = DriverManager.getConnection(url(database), properties());
                Statement statement = connection.createStatement()) {
            FutureTask<Boolean> query = new FutureTask<>(() -> statement.execute("SELECT pg_sleep(60)"));
            new Thread(query).start();
            assertThat(database).connection(0).receivedContaining("SELECT pg_sleep(60)");

            statement.cancel();

            assertThatThrownBy(() -> query.get(5, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            cancelled -> assertThat(cancelled.getSQLState()).isEqualTo("57014"));
        }
    }

    private static String url(FakeServer database) {
        return "jdbc:postgresql://" + database.host() + ":" + database.port() + "/shop";
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("user", "ann");
        properties.put("assumeMinServerVersion", "9.0"); // else it sends a SET for each of its settings
        return properties;
    }
}
