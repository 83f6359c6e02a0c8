package io.socketharness.examples.network;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The connect timeouts of three clients: each fails in time, says so, and connects when the server is back. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "ignore() works on Linux")
class ConnectTimeoutTest {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** The SQL state of a client that cannot connect. */
    private static final String UNABLE_TO_CONNECT = "08001";

    private static final String PAGE = """
            C: GET / HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S< HTTP/1.1 200 OK\\r\\nContent-Length: 10\\r\\n\\r\\nhelloworld
            """;

    /** Without TLS: a log-in that needs no password, then the client ends the session. */
    private static final String DATABASE = """
            @frame length 4 plus 4
            C! 04d2162f
            @frame none
            S< N
            @frame length 4 plus 4
            C! 00030000 [*]
            @frame length 4 after 1 plus 4
            S! "R" 00000000
            S! "S" "server_version" 00 "16.0" 00
            S! "S" "client_encoding" 00 "UTF8" 00
            S! "Z" "I"
            C! "X"
            """;

    @Test
    @SocketServer(script = PAGE)
    void theHttpClientOfTheJdkConnectsAgain(FakeServer server) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(server))).build();
        server.ignore();

        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                .isInstanceOf(HttpConnectTimeoutException.class)
                .hasMessage("HTTP connect timed out");

        server.listen();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("helloworld");
        assertThat(server).hasConnections(1);
    }

    @Test
    @SocketServer(script = PAGE)
    void okHttpConnectsAgain(FakeServer server) throws Exception {
        OkHttpClient client =
                new OkHttpClient.Builder().connectTimeout(CONNECT_TIMEOUT).build();
        server.ignore();

        assertThatThrownBy(() -> get(client, server))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("Connect timed out");

        server.listen();
        assertThat(get(client, server)).isEqualTo("helloworld");
        assertThat(server).hasConnections(1);
    }

    @Test
    @SocketServer(script = DATABASE)
    void pgjdbcConnectsAgainAfterItsConnectTimeout(FakeServer server) throws Exception {
        server.ignore();

        assertThatThrownBy(() -> connect(server, "connectTimeout", 1))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failed -> assertThat(failed.getSQLState()).isEqualTo(UNABLE_TO_CONNECT))
                .hasMessage("The connection attempt failed.")
                .cause()
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("Connect timed out");

        server.listen();
        connect(server, "connectTimeout", 30).close();
        assertThat(server).hasConnections(1);
    }

    /** The driver gives up, but its connect goes on in another thread, and succeeds when the server is back. */
    @Test
    @SocketServer(script = DATABASE, timeout = "30s")
    void pgjdbcConnectsAgainAfterItsLoginTimeout(FakeServer server) throws Exception {
        server.ignore();

        assertThatThrownBy(() -> connect(server, "loginTimeout", 1))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failed -> assertThat(failed.getSQLState()).isEqualTo(UNABLE_TO_CONNECT))
                .hasMessage("Connection attempt timed out.");

        server.listen();
        connect(server, "loginTimeout", 30).close();
        assertThat(server).hasConnections(2); // the abandoned one too: it logs in, and closes
    }

    private static String url(FakeServer server) {
        return "http://" + server.host() + ":" + server.port() + "/";
    }

    private static String get(OkHttpClient client, FakeServer server) throws IOException {
        Request request = new Request.Builder().url(url(server)).build();
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    /** Connects with a time limit. */
    private static Connection connect(FakeServer server, String limit, int seconds) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", "ann");
        properties.put("assumeMinServerVersion", "9.0"); // else it sends a SET for each of its settings
        properties.put(limit, String.valueOf(seconds));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/shop", properties);
    }
}
