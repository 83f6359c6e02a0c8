package io.socketharness.internal.script.engine;

import io.socketharness.recording.Bytes;
import java.util.Arrays;
import java.util.BitSet;

/** Expected bytes. The {@code unknown} ones match any byte. */
final class ExpectedBytes {

    /** The most characters of missing bytes that a report shows. */
    private static final int MOST_SHOWN = 40;

    private final byte[] expected;
    private final BitSet unknown;

    ExpectedBytes(byte[] expected, BitSet unknown) {
        this.expected = expected;
        this.unknown = unknown;
    }

    int size() {
        return expected.length;
    }

    /** Whether any of {@code bytes}, which may be fewer, differs from the expected ones. */
    boolean differFrom(byte[] bytes) {
        int at = Arrays.mismatch(bytes, 0, bytes.length, expected, 0, bytes.length);
        while (at >= 0 && unknown.get(at)) {
            int next = unknown.nextClearBit(at);
            int more =
                    next < bytes.length ? Arrays.mismatch(bytes, next, bytes.length, expected, next, bytes.length) : -1;
            at = more < 0 ? -1 : next + more;
        }
        return at >= 0;
    }

    /** Whether {@code bytes} are the expected ones without their end. */
    boolean beginWith(Bytes bytes) {
        return bytes.size() < expected.length && !differFrom(bytes.toByteArray());
    }

    /** The bytes from an index on, shortened if there are many; in hex if some of them are unknown. */
    String from(int index) {
        Bytes all = Bytes.of(expected);
        boolean text = unknown.isEmpty() && all.isMostlyText();
        int to = end(all, index + (text ? MOST_SHOWN : MOST_SHOWN / 3), text);
        Bytes shown = all.slice(index, to);
        StringBuilder out = new StringBuilder(text ? shown.escaped() : shown.hex());
        unknown.get(index, to).stream().forEach(i -> out.replace(3 * i, 3 * i + 2, ".."));
        return out.append(to < expected.length ? "…" : "").toString();
    }

    /** The index, or the start of the UTF-8 character that contains it. */
    private static int end(Bytes bytes, int index, boolean text) {
        int end = Math.min(index, bytes.size());
        for (int back = 0; text && back < 3 && end < bytes.size() && (bytes.at(end) & 0xc0) == 0x80; back++) {
            end--;
        }
        return end;
    }
}
