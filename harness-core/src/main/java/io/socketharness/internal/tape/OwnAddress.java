package io.socketharness.internal.tape;

import io.socketharness.internal.tape.Passage.Range;
import io.socketharness.internal.tape.Piece.Value;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the address of the recording server, such as in the {@code Host} of HTTP, by the variables of a replay. */
final class OwnAddress {

    private static final String HOST = "(?<![\\w.\\]-])(?<host>\\[[0-9A-Fa-f:.%]+]|\\d{1,3}(?:\\.\\d{1,3}){3}"
            + "|(?:[A-Za-z0-9-]+\\.)*[A-Za-z][\\w-]*)";

    private OwnAddress() {}

    /** {@code variables} are those of the server's address. */
    static List<TapeLine> replace(List<TapeLine> lines, boolean datagrams, Map<String, String> variables) {
        String path = variables.get("path");
        if (path != null) {
            return Passages.change(lines, datagrams, passage -> path(passage, path));
        }
        String address = variables.getOrDefault("address", "");
        String port = variables.getOrDefault("port", "");
        if (port.isEmpty()) {
            return lines;
        }
        Pattern pattern = Pattern.compile(HOST + ":" + port + "(?!\\d)");
        return Passages.change(lines, datagrams, passage -> address(passage, pattern.matcher(passage.text()), address));
    }

    private static void address(Passage passage, Matcher matcher, String address) {
        while (matcher.find()) {
            boolean isOwn = matcher.group().equals(address);
            int from = isOwn ? matcher.start() : matcher.end("host") + 1;
            put(passage, from, matcher.end(), isOwn ? "address" : "port");
        }
    }

    private static void path(Passage passage, String path) {
        String text = passage.text();
        for (int at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + path.length())) {
            put(passage, at, at + path.length(), "path");
        }
    }

    private static void put(Passage passage, int from, int to, String variable) {
        List<Range> ranges = passage.literals(from, to);
        if (ranges.size() == 1 && ranges.get(0).from() == from && ranges.get(0).to() == to) {
            passage.replace(ranges.get(0), piece -> new Value(variable, piece.bytes()));
        }
    }
}
