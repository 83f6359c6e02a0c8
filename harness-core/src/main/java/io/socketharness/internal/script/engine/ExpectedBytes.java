package io.socketharness.internal.script.engine;

import java.util.Arrays;
import java.util.BitSet;

/** Expected bytes. The {@code unknown} ones match any byte. */
final class ExpectedBytes {

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
}
