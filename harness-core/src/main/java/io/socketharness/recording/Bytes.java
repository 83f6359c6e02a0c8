package io.socketharness.recording;

import io.socketharness.internal.recording.SharedBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable bytes that were sent or received. They print as text if they are text, and otherwise as hex.
 *
 * <p>{@link #escaped()} and {@link #hex()} have the notation of the {@code S<} and {@code S!} lines of a script.
 */
public final class Bytes {

    static {
        SharedBytes.register(Bytes::wrap);
    }

    private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    /** Never modified between {@link #start} and its end. A recording may append after that. */
    private final byte[] data;

    private final int start;
    private final int size;

    private Bytes(byte[] data, int start, int size) {
        this.data = data;
        this.start = start;
        this.size = size;
    }

    /**
     * Returns a copy of {@code bytes} as a value.
     *
     * @param bytes any bytes, or none
     * @return the value
     */
    public static Bytes of(byte... bytes) {
        return wrap(bytes.clone());
    }

    /**
     * Returns {@code text} in UTF-8 as a value.
     *
     * @param text any text
     * @return the value
     */
    public static Bytes ofText(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Wraps {@code bytes} without a copy. The caller must not modify them afterwards. */
    private static Bytes wrap(byte[] bytes) {
        return wrap(bytes, 0, bytes.length);
    }

    private static Bytes wrap(byte[] bytes, int from, int size) {
        return size == 0 ? EMPTY : new Bytes(bytes, from, size);
    }

    /**
     * Parses pairs of hexadecimal digits, with or without white space between them.
     *
     * @param hex such as {@code 01 ff} or {@code 01FF}
     * @return the value
     * @throws IllegalArgumentException if a digit is missing, or a character is not a hexadecimal digit
     */
    public static Bytes parseHex(String hex) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int high = -1;
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if (Character.isWhitespace(c) && high < 0) {
                continue;
            }
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "found '" + c + "' at " + (i + 1) + " where two hexadecimal digits per byte are allowed");
            }
            if (high < 0) {
                high = digit;
            } else {
                out.write(high << 4 | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw new IllegalArgumentException("the last byte has one hexadecimal digit where two are needed");
        }
        return wrap(out.toByteArray());
    }

    /**
     * Returns the number of bytes.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * Returns whether there are no bytes.
     *
     * @return whether {@link #size()} is 0
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Returns the byte at {@code index}.
     *
     * @param index from 0
     * @return the byte
     * @throws IndexOutOfBoundsException if the index is negative or not less than {@link #size()}
     */
    public byte at(int index) {
        return data[start + Objects.checkIndex(index, size)];
    }

    /**
     * Returns the bytes from {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @param from from 0
     * @param to at most {@link #size()}
     * @return the part
     * @throws IndexOutOfBoundsException if the range is not within the bytes
     */
    public Bytes slice(int from, int to) {
        if (from < 0 || to < from || to > size) {
            throw new IndexOutOfBoundsException("slice " + from + " to " + to + " of " + size + " bytes");
        }
        return from == 0 && to == size ? this : wrap(data, start + from, to - from);
    }

    /**
     * Returns the index of the first occurrence of {@code part} at or after {@code from}.
     *
     * @param part the bytes to find
     * @param from the index to start from
     * @return the index, or -1
     */
    public int indexOf(Bytes part, int from) {
        if (part.isEmpty()) {
            return from <= size ? from : -1;
        }
        byte first = part.at(0);
        int last = start + size - part.size;
        for (int i = start + from; i <= last; i++) {
            if (data[i] == first && Arrays.equals(data, i, i + part.size, part.data, part.start, part.end())) {
                return i - start;
            }
        }
        return -1;
    }

    /**
     * Returns whether these bytes contain {@code part}.
     *
     * @param part the bytes to find
     * @return whether they occur
     */
    public boolean contains(Bytes part) {
        return indexOf(part, 0) >= 0;
    }

    /**
     * Returns whether these bytes begin with {@code prefix}.
     *
     * @param prefix the bytes to find
     * @return whether they are the first bytes
     */
    public boolean startsWith(Bytes prefix) {
        return size >= prefix.size
                && (isOfTheSame(prefix)
                        || Arrays.equals(data, start, start + prefix.size, prefix.data, prefix.start, prefix.end()));
    }

    /** Returns whether both begin at the same index of the same array. */
    private boolean isOfTheSame(Bytes other) {
        return data == other.data && start == other.start;
    }

    private int end() {
        return start + size;
    }

    /**
     * Returns the index of the first difference from {@code other}. If one is a prefix of the other, this is the size
     * of the shorter one.
     *
     * @param other the bytes to compare with
     * @return the index, or -1 if they are equal
     */
    public int mismatch(Bytes other) {
        return Arrays.mismatch(data, start, end(), other.data, other.start, other.end());
    }

    /**
     * Returns a copy of the bytes.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(data, start, end());
    }

    /**
     * Returns the bytes as UTF-8 text. Malformed input becomes U+FFFD.
     *
     * @return the text
     */
    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    /**
     * Returns the bytes as text in {@code charset}. Malformed input becomes the replacement character of the charset.
     *
     * @param charset the charset to decode with
     * @return the text
     */
    public String text(Charset charset) {
        return new String(data, start, size, charset);
    }

    /**
     * Returns the bytes in hex, such as {@code 50 49 4e 47}.
     *
     * @return two digits for each byte, separated by spaces
     */
    public String hex() {
        return SPACED.formatHex(data, start, end());
    }

    /**
     * Returns the bytes as text with escapes for control characters, backslashes and bytes that are not UTF-8, such as
     * {@code PING\r\n}.
     *
     * @return text with the escapes {@code \r \n \t \0 \\ \xHH}
     */
    public String escaped() {
        String text = decoded();
        StringBuilder out = new StringBuilder(size + 8);
        if (text != null) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < 128) {
                    escape(out, c);
                } else if (isControl(c)) {
                    for (byte part : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                        escape(out, part & 0xff);
                    }
                } else {
                    out.append(c);
                }
            }
        } else {
            for (int i = start; i < end(); i++) {
                escape(out, data[i] & 0xff);
            }
        }
        return out.toString();
    }

    /**
     * Whether a terminal does not show a character as text: it may take U+009B for the begin of a command, and the bidi
     * controls (UAX #9) change the order of the text after them.
     */
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    private static void escape(StringBuilder out, int c) {
        switch (c) {
            case '\r' -> out.append("\\r");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case 0 -> out.append("\\0");
            case '\\' -> out.append("\\\\");
            default -> {
                if (c < ' ' || c >= 127) {
                    SPACED.toHexDigits(out.append("\\x"), (byte) c);
                } else {
                    out.append((char) c);
                }
            }
        }
    }

    /**
     * Returns whether the bytes are UTF-8 without control characters other than tab, carriage return and line feed. The
     * characters that change the direction of text count as control characters.
     *
     * @return whether the bytes are readable text
     */
    public boolean isText() {
        String text = decoded();
        return text != null && text.chars().noneMatch(c -> isControl(c) && c != '\r' && c != '\n' && c != '\t');
    }

    /** Returns the text, or null if the bytes are not UTF-8. */
    private @Nullable String decoded() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, start, size))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    /**
     * Returns whether at least 70 % of the bytes are readable ASCII, or all are text. Then escapes are more readable
     * than hex.
     *
     * @return whether {@link #toString()} shows them as text
     */
    public boolean isMostlyText() {
        int readable = 0;
        for (int i = start; i < end(); i++) {
            byte b = data[i];
            if (b >= ' ' && b < 127 || b == '\r' || b == '\n' || b == '\t') {
                readable++;
            }
        }
        return readable * 10L >= size * 7L || isText();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that
                && size == that.size
                && (isOfTheSame(that) || Arrays.equals(data, start, end(), that.data, that.start, that.end()));
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < end(); i++) {
            hash = 31 * hash + data[i];
        }
        return hash;
    }

    /** Returns the text with escapes if the bytes are mostly text, otherwise hex. */
    @Override
    public String toString() {
        return isMostlyText() ? escaped() : hex();
    }
}
