package io.socketharness.examples.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.Test;

/** WebSocket: Java-WebSocket and OkHttp. */
class WebSocketTest {

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    // tag::websocket[]
    @Test
    @SocketServer(scriptResource = "/scripts/websocket.script")
    void javaWebSocketGetsAnAnswer(FakeServer server) throws Exception {
        WebSocketClient client = javaWebSocket(server);
        assertThat(client.connectBlocking(5, TimeUnit.SECONDS)).isTrue();
        client.send("hello");

        assertThat(next()).isEqualTo("welcome");
        assertThat(next()).isEqualTo("you said hello");

        client.close();
        assertThat(next()).isEqualTo("closed: 1000 ");
    }
    // end::websocket[]

    @Test
    @SocketServer(scriptResource = "/scripts/websocket-restart.script")
    void javaWebSocketIsToldToComeBackLater(FakeServer server) throws Exception {
        javaWebSocket(server).connect();

        assertThat(next()).isEqualTo("closed: 1012 come back later");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/websocket.script")
    void okHttpGetsAnAnswer(FakeServer server) throws Exception {
        WebSocket client = okHttp(server);
        assertThat(client.send("hello")).isTrue();

        assertThat(next()).isEqualTo("welcome");
        assertThat(next()).isEqualTo("you said hello");

        assertThat(client.close(1000, "bye")).isTrue();
        assertThat(next()).isEqualTo("closed: 1000 bye");
    }

    // tag::push[]
    @Test
    @SocketServer(script = """
            @websocket
            C! 88 [* code]
            S! 88 ${code}
            """)
    void javaWebSocketHearsTheNews(FakeServer server) throws Exception {
        WebSocketClient client = javaWebSocket(server);
        assertThat(client.connectBlocking(5, TimeUnit.SECONDS)).isTrue();

        server.connection(0).sendHex("81 \"news\"");

        assertThat(next()).isEqualTo("news");
        client.close();
        assertThat(next()).isEqualTo("closed: 1000 ");
    }
    // end::push[]

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(5, TimeUnit.SECONDS));
    }

    private static String url(FakeServer server) {
        return "ws://" + server.host() + ":" + server.port() + "/chat";
    }

    private WebSocketClient javaWebSocket(FakeServer server) {
        return new WebSocketClient(URI.create(url(server))) {
            @Override
            public void onOpen(ServerHandshake handshake) {}

            @Override
            public void onMessage(String message) {
                seen.add(message);
            }

            @Override
            public void onClose(int code, String reason, boolean remote) {
                seen.add("closed: " + code + " " + reason);
            }

            @Override
            public void onError(Exception failure) {
                seen.add(failure.toString());
            }
        };
    }

    private WebSocket okHttp(FakeServer server) {
        return new OkHttpClient()
                .newWebSocket(new Request.Builder().url(url(server)).build(), new WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket socket, String text) {
                        seen.add(text);
                    }

                    @Override
                    public void onClosed(WebSocket socket, int code, String reason) {
                        seen.add("closed: " + code + " " + reason);
                    }
                });
    }
}
