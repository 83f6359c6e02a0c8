package io.socketharness.internal.script.engine;

import java.util.Arrays;
import java.util.BitSet;

/** Bytes that are expected, some of which may be any; these are the {@code unknown} ones. */
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

    /** Whether one of the first bytes, as many as there are, is another one than expected. */
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
