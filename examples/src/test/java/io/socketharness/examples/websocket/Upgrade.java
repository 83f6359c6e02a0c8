package io.socketharness.examples.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketharness.script.Connection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How a WebSocket begins: as a request of HTTP, which the server answers with the hash of its key (RFC 6455, 4.2.2). */
final class Upgrade {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Upgrade() {}

    /** Takes the request, agrees to it, and returns its path. */
    static String accept(Connection connection) {
        String path = connection.receiveLine().split(" ")[1];
        Map<String, String> headers = new HashMap<>();
        for (String line = connection.receiveLine(); !line.isEmpty(); line = connection.receiveLine()) {
            String[] header = line.split(": *", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        connection.sendLine("HTTP/1.1 101 Switching Protocols");
        connection.sendLine("Upgrade: websocket");
        connection.sendLine("Connection: Upgrade");
        connection.sendLine("Sec-WebSocket-Accept: " + hash(headers.get("sec-websocket-key") + GUID));
        connection.sendLine("");
        return path;
    }

    private static String hash(String text) {
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(text.getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(sha1);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-1", absent);
        }
    }
}
