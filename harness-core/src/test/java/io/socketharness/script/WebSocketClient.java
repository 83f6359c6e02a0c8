package io.socketharness.script;

import io.socketharness.FakeServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The WebSocket client of the JDK, with its messages in a queue. */
final class WebSocketClient implements AutoCloseable {

    private static final long SECONDS = 30;

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    private WebSocketClient(FakeServer server) throws Exception {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), new WebSocket.Listener() {
                    private final StringBuilder all = new StringBuilder();

                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        all.append(data);
                        if (last) {
                            texts.add(all.toString());
                            all.setLength(0);
                        }
                        from.request(1);
                        return null;
                    }
                })
                .get(SECONDS, TimeUnit.SECONDS);
    }

    static WebSocketClient open(FakeServer server) throws Exception {
        return new WebSocketClient(server);
    }

    void send(String text) throws Exception {
        socket.sendText(text, true).get(SECONDS, TimeUnit.SECONDS);
    }

    @Nullable
    String awaitText() throws InterruptedException {
        return texts.poll(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
