package io.socketharness.internal.sweep;

import io.socketharness.recording.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Compares the messages of runs. The address of the server and the masked parts may differ. */
final class Comparison {

    private final List<Pattern> masks;

    Comparison(List<Pattern> masks) {
        this.masks = masks;
    }

    /** The text of a message without its variable parts; each byte is one character. */
    String text(Bytes message, Map<String, String> address) {
        String text = new String(message.toByteArray(), StandardCharsets.ISO_8859_1);
        text = withAddress(text, address);
        for (Pattern mask : masks) {
            text = mask.matcher(text).replaceAll("…");
        }
        return text;
    }

    /** The text with variables in place of the address of a server. */
    static String withAddress(String text, Map<String, String> address) {
        String path = address.getOrDefault("path", "");
        String port = address.getOrDefault("port", "");
        String replaced = path.isEmpty() ? text : text.replace(path, "${path}");
        return port.isEmpty() ? replaced : replaced.replaceAll("(?<![0-9])" + port + "(?![0-9])", "\\${port}");
    }

    boolean areEqual(
            TracedMessage one, Map<String, String> address, TracedMessage other, Map<String, String> otherAddress) {
        return one.fromServer() == other.fromServer()
                && (one.bytes().equals(other.bytes())
                        || text(one.bytes(), address).equals(text(other.bytes(), otherAddress)));
    }
}
