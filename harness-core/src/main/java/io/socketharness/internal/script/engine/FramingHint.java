package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Framing;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hint that another framing fits the received bytes. There is none without an exact fit. */
final class FramingHint {

    /** Longer input is not examined. */
    private static final int LONGEST = 1 << 14;
    /** The most bytes before a length, and the most bytes of a length or a delimiter. */
    private static final int MOST_BEFORE = 8;

    private static final int MOST_ADDED = 16;

    private FramingHint() {}

    /** A sentence about the message that a step receives, or nothing. */
    static String of(@Nullable Behaviour step, Input input) {
        Framing framing = input.pending().framing();
        if (framing == null || !(step instanceof Step) || input.isDatagrams()) {
            return "";
        }
        byte[] bytes = input.sincePending(LONGEST);
        if (bytes.length == 0) {
            return "";
        }
        if (input.pending().isAsLine()) {
            return step instanceof ExpectStep && isFrame(framing, bytes)
                    ? "The client sent a message of @frame " + framing + ", but C: reads a line: use C< or C!."
                    : "";
        }
        return isFrame(framing, bytes) ? "" : otherLength(framing, bytes);
    }

    private static String otherLength(Framing framing, byte[] bytes) {
        Map<Framing, String> lengths = new LinkedHashMap<>();
        for (int size = 1; size <= 4; size++) {
            String words = "a length of " + size + (size == 1 ? " byte" : " bytes");
            lengths.put(Framing.length(size), words + (size == 1 ? "" : ", big-endian"));
            if (size > 1) {
                lengths.put(Framing.length(size, ByteOrder.LITTLE_ENDIAN), words + ", little-endian");
            }
        }
        lengths.put(Framing.decimal(), "a decimal length and a space");
        boolean isLength =
                lengths.containsKey(framing) || framing.equals(Framing.varint()) || framing.equals(Framing.ber());
        List<Framing> fitting =
                lengths.keySet().stream().filter(one -> isFrame(one, bytes)).toList();
        if (!isLength || fitting.size() != 1) {
            return "";
        }
        Framing fits = fitting.get(0);
        return "The prefix fits " + lengths.get(fits) + ": use @frame " + fits + ".";
    }

    /** Whether the bytes are one message that is not empty, with a length near its beginning or a delimiter. */
    private static boolean isFrame(Framing framing, byte[] bytes) {
        for (int size = 1; size <= Math.min(MOST_ADDED, bytes.length - 1); size++) {
            if (isFrame(framing, bytes, bytes.length - size, size)) {
                return true;
            }
            for (int at = 0; at <= Math.min(MOST_BEFORE, bytes.length - size); at++) {
                if (isFrame(framing, bytes, at, size)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the bytes are the frame of the message that they contain around some of them. */
    private static boolean isFrame(Framing framing, byte[] bytes, int at, int size) {
        byte[] message = Arrays.copyOf(bytes, bytes.length - size);
        System.arraycopy(bytes, at + size, message, at, message.length - at);
        try {
            return Arrays.equals(framing.frame(message), bytes);
        } catch (RuntimeException unfit) {
            return false;
        }
    }
}
