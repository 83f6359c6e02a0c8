package io.socketharness.internal.script.text;

import java.util.Base64;

/** Reads base64 between quotes: RFC 4648, section 4, with padding and without anything else. */
final class Base64Text {

    private Base64Text() {}

    /** The bytes that a part of a line stands for. */
    static byte[] decode(String line, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            if (!isDigit(c) && !isPadding(line, i, to)) {
                throw new MalformedText(
                        i,
                        "found '" + c + "' at " + (i + 1)
                                + " where base64 with A-Z a-z 0-9 + / and = at the end is allowed");
            }
        }
        int size = to - from;
        if (size % 4 != 0) {
            throw new MalformedText(
                    to,
                    "the base64 text has " + size + (size == 1 ? " character" : " characters")
                            + ", but a multiple of 4 is needed; = completes the last 4");
        }
        byte[] bytes = Base64.getDecoder().decode(line.substring(from, to));
        requireNoOtherBits(line, to, bytes);
        return bytes;
    }

    private static boolean isDigit(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    /** The last character, or the one before it if both are {@code =}. */
    private static boolean isPadding(String line, int at, int to) {
        return line.charAt(at) == '=' && line.charAt(to - 1) == '=' && at >= to - 2;
    }

    /** Before the padding, some bits of the last digit belong to no byte. */
    private static void requireNoOtherBits(String line, int to, byte[] bytes) {
        int rest = bytes.length % 3;
        if (rest == 0) {
            return;
        }
        byte[] last = new byte[rest];
        System.arraycopy(bytes, bytes.length - rest, last, 0, rest);
        int at = to - 4 + rest;
        char needed = Base64.getEncoder().encodeToString(last).charAt(rest);
        if (line.charAt(at) != needed) {
            throw new MalformedText(
                    at,
                    "found '" + line.charAt(at) + "' at " + (at + 1) + " where '" + needed
                            + "' is needed: in base64, the bits after the last byte are 0");
        }
    }
}
