package io.socketharness.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketharness.script.Connection;
import io.socketharness.script.Framing;
import java.util.StringJoiner;

/**
 * A framing of one's own: a command of RESP, which is an array of strings, each behind its length, comes as its words
 * with a space between them. Replies go out as the script writes them.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis serialization protocol</a>
 */
final class RespCommands implements Framing {

    @Override
    public byte[] receive(Connection connection) {
        StringJoiner words = new StringJoiner(" ");
        for (int left = number(connection, "*"); left > 0; left--) {
            byte[] word = connection.receive(number(connection, "$"));
            words.add(new String(word, UTF_8));
            connection.receiveLine();
        }
        return words.toString().getBytes(UTF_8);
    }

    private static int number(Connection connection, String type) {
        String line = connection.receiveLine();
        if (!line.startsWith(type)) {
            throw new IllegalArgumentException("expected " + type + " and a number, received " + line);
        }
        return Integer.parseInt(line.substring(1));
    }

    @Override
    public byte[] frame(byte[] message) {
        return message;
    }

    @Override
    public String toString() {
        return "RESP commands";
    }
}
