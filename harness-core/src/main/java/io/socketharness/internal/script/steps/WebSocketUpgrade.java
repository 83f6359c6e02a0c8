package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import io.socketharness.script.Framing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accepts the upgrade from HTTP to WebSocket (RFC 6455, 4.2), and frames later messages. */
public record WebSocketUpgrade() implements Step {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String ID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY =
            Pattern.compile("^Sec-WebSocket-Key:[ \t]*(\\S+)[ \t]*$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    @Override
    public void run(Connection connection) {
        String head = connection.receive(
                "a WebSocket request",
                () -> new String(connection.receiveUntil(END_OF_HEAD), StandardCharsets.ISO_8859_1));
        Matcher key = KEY.matcher(head.replace("\r\n", "\n"));
        if (!key.find()) {
            throw new ExpectationFailed("the client did not request a WebSocket: its request has no Sec-WebSocket-Key");
        }
        // first: the client may be gone and miss the answer, but its input must be framed
        connection.useFraming(Framing.webSocket());
        connection.send("""
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: %s\r
                \r
                """.formatted(accept(key.group(1))));
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + ID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    public Optional<String> streamOnly() {
        return Optional.of("only a connection can be upgraded from HTTP");
    }

    @Override
    public List<String> lines() {
        return List.of("@websocket");
    }
}
