package io.socketharness.internal.capture;

import io.socketharness.recording.Bytes;
import java.util.HexFormat;

/** Bytes in hex and as ASCII, in lines that are short enough for a phone. */
final class HexDump {

    private static final int IN_LINE = 8;

    private static final HexFormat HEX = HexFormat.of();

    private HexDump() {}

    static String of(Bytes bytes) {
        StringBuilder out = new StringBuilder(bytes.size() * 5 + 16);
        for (int from = 0; from < bytes.size(); from += IN_LINE) {
            Bytes line = bytes.slice(from, Math.min(bytes.size(), from + IN_LINE));
            if (from > 0) {
                out.append('\n');
            }
            if (bytes.size() > IN_LINE) {
                offset(out, from);
            }
            out.append(line.hex());
            int missing = bytes.size() > IN_LINE ? IN_LINE - line.size() : 0;
            out.append(" ".repeat(3 * missing + 2));
            for (int i = 0; i < line.size(); i++) {
                byte one = line.at(i);
                out.append(one >= ' ' && one < 127 ? (char) one : '.');
            }
        }
        return out.toString();
    }

    private static void offset(StringBuilder out, int at) {
        out.append(HEX.toHexDigits(at, at > 0xffff ? 8 : 4)).append("  ");
    }
}
