package io.socketharness.examples.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A client of a chat, by the JDK's WebSocket. */
final class Guest implements WebSocket.Listener {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    Guest(String name, FakeServer server) {
        this(name, server.host() + ":" + server.port(), server.tls().clientContext());
    }

    Guest(String name, String server, SSLContext trust) {
        socket = HttpClient.newBuilder()
                .sslContext(trust)
                .build()
                .newWebSocketBuilder()
                .buildAsync(URI.create("wss://" + server + "/" + name), this)
                .join();
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    void hangUp() {
        socket.abort();
    }

    void hears(String text) throws InterruptedException {
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(text);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            heard.add(message.toString());
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        heard.add("closed with " + status);
        return null;
    }
}
