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
 * Bytes that went over the wire, as an immutable value that prints as text where it is text and as hex where it is not.
 *
 * <p>{@link #escaped()} and {@link #hex()} are the notations of a script's {@code S<} and {@code S!} lines.
 */
public final class Bytes {

    static {
        SharedBytes.register(Bytes::wrap);
    }

    private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    /** Never written again between {@link #start} and its end; a recording may append behind that. */
    private final byte[] data;

    private final int start;
    private final int size;

    private Bytes(byte[] data, int start, int size) {
        this.data = data;
        this.start = start;
        this.size = size;
    }

    /**
     * Holds a copy of {@code bytes}.
     *
     * @param bytes any bytes, none included
     * @return the value
     */
    public static Bytes of(byte... bytes) {
        return wrap(bytes.clone());
    }

    /**
     * Holds {@code text} in UTF-8.
     *
     * @param text any text
     * @return the value
     */
    public static Bytes ofText(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes {@code bytes} without a copy: the caller gives them away. */
    private static Bytes wrap(byte[] bytes) {
        return wrap(bytes, 0, bytes.length);
    }

    private static Bytes wrap(byte[] bytes, int from, int size) {
        return size == 0 ? EMPTY : new Bytes(bytes, from, size);
    }

    /**
     * Reads pairs of hexadecimal digits, separated by white space or not.
     *
     * @param hex such as {@code 01 ff} or {@code 01FF}
     * @return the value
     * @throws IllegalArgumentException if a digit is missing or is none
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
     * How many bytes there are.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * Tells whether there are none.
     *
     * @return whether {@link #size()} is 0
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * The byte at {@code index}.
     *
     * @param index from 0
     * @return the byte
     * @throws IndexOutOfBoundsException beyond the end
     */
    public byte at(int index) {
        return data[start + Objects.checkIndex(index, size)];
    }

    /**
     * The bytes from {@code from} to before {@code to}.
     *
     * @param from from 0
     * @param to at most {@link #size()}
     * @return the part
     */
    public Bytes slice(int from, int to) {
        if (from < 0 || to < from || to > size) {
            throw new IndexOutOfBoundsException("slice " + from + " to " + to + " of " + size + " bytes");
        }
        return from == 0 && to == size ? this : wrap(data, start + from, to - from);
    }

    /**
     * Where {@code part} first stands at or after {@code from}.
     *
     * @param part what to look for
     * @param from where to begin
     * @return its index, or -1
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
     * Tells whether {@code part} stands somewhere in these bytes.
     *
     * @param part what to look for
     * @return whether it is there
     */
    public boolean contains(Bytes part) {
        return indexOf(part, 0) >= 0;
    }

    /**
     * Tells whether these bytes begin with {@code prefix}.
     *
     * @param prefix what to look for
     * @return whether they do
     */
    public boolean startsWith(Bytes prefix) {
        return size >= prefix.size
                && (isOfTheSame(prefix)
                        || Arrays.equals(data, start, start + prefix.size, prefix.data, prefix.start, prefix.end()));
    }

    /** Whether both begin with the same byte of the same array. */
    private boolean isOfTheSame(Bytes other) {
        return data == other.data && start == other.start;
    }

    private int end() {
        return start + size;
    }

    /**
     * Where these bytes and {@code other} first differ; where one is the beginning of the other, the shorter one's size.
     *
     * @param other to compare with
     * @return the index, or -1 if they are equal
     */
    public int mismatch(Bytes other) {
        return Arrays.mismatch(data, start, end(), other.data, other.start, other.end());
    }

    /**
     * A copy of the bytes.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(data, start, end());
    }

    /**
     * The bytes as UTF-8 text; what is not UTF-8 becomes U+FFFD.
     *
     * @return the text
     */
    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    /**
     * The bytes as text of {@code charset}; what is malformed becomes its replacement character.
     *
     * @param charset how to read them
     * @return the text
     */
    public String text(Charset charset) {
        return new String(data, start, size, charset);
    }

    /**
     * The bytes in hex, such as {@code 50 49 4e 47}.
     *
     * @return two digits a byte, separated by spaces
     */
    public String hex() {
        return SPACED.formatHex(data, start, end());
    }

    /**
     * The bytes as text in which control characters, backslashes and what is not UTF-8 are escaped, such as
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
     * Tells whether the bytes are UTF-8 without control characters other than tab, carriage return and line feed.
     *
     * @return whether a person can read them
     */
    public boolean isText() {
        String text = decoded();
        return text != null
                && text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\r' && c != '\n' && c != '\t');
    }

    /** The text, or null where the bytes are no UTF-8. */
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
     * Tells whether at least 70 % of the bytes are readable ASCII, or all are text, so that escapes say more than hex.
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

    /** The text with escapes where it is mostly text, else hex. */
    @Override
    public String toString() {
        return isMostlyText() ? escaped() : hex();
    }
}
