package io.socketharness.internal.capture;

import io.socketharness.recording.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text of which everything is visible: escapes replace control characters, characters that change the direction of
 * text, other invisible characters, and bytes that are not UTF-8.
 */
final class VisibleText {

    /** Receives a text in parts. */
    interface Target {

        /** Receives characters that are shown as they are. */
        void text(String shown);

        /** Receives an escape, such as {@code \x1b}. */
        void escape(String escape);
    }

    private final Target target;
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder escapes = new StringBuilder();
    private final boolean lines;

    private VisibleText(Target target, boolean lines) {
        this.target = target;
        this.lines = lines;
    }

    /** Passes on a text whose line feeds are ends of lines. */
    static void forEach(String text, Target target) {
        VisibleText visible = new VisibleText(target, false);
        text.codePoints().forEach(visible::add);
        visible.flush();
    }

    /** Passes on bytes as UTF-8. A line feed shows as an escape; with {@code lines}, an end of line follows it. */
    static void forEach(Bytes bytes, boolean lines, Target target) {
        VisibleText visible = new VisibleText(target, lines);
        visible.decode(ByteBuffer.wrap(bytes.toByteArray()), bytes);
        visible.flush();
    }

    private void decode(ByteBuffer in, Bytes bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(bytes.size() + 1);
        CoderResult result = decoder.decode(in, out, true);
        while (true) {
            out.flip().codePoints().forEach(this::addDecoded);
            if (!result.isError()) {
                return;
            }
            for (int i = 0; i < result.length(); i++) {
                escape(String.format("\\x%02x", in.get() & 0xff));
            }
            out.clear();
            result = decoder.reset().decode(in, out, true);
        }
    }

    private void addDecoded(int character) {
        if (character == '\n') {
            escape("\\n");
            if (lines) {
                show('\n');
            }
        } else if (character == '\t') {
            escape("\\t");
        } else {
            add(character);
        }
    }

    private void add(int character) {
        if (character == '\n' || character == '\t' || !isInvisible(character)) {
            show(character);
        } else if (character == '\r') {
            escape("\\r");
        } else {
            escape(String.format(character < 0x80 ? "\\x%02x" : "\\u%04x", character));
        }
    }

    static boolean isInvisible(int character) {
        if (character < 0x7f) {
            return character < ' ';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> isFiller(character);
        };
    }

    /** Letters and marks without a shape: fillers of Hangul, variation selectors, and others. */
    private static boolean isFiller(int character) {
        return character == 0x34f
                || character == 0x115f
                || character == 0x1160
                || character == 0x17b4
                || character == 0x17b5
                || character >= 0x180b && character <= 0x180f
                || character == 0x2800
                || character == 0x3164
                || character >= 0xfe00 && character <= 0xfe0f
                || character == 0xffa0
                || character >= 0xe0100 && character <= 0xe01ef;
    }

    private void show(int character) {
        if (!escapes.isEmpty()) {
            flush();
        }
        shown.appendCodePoint(character);
    }

    private void escape(String escape) {
        if (!shown.isEmpty()) {
            flush();
        }
        escapes.append(escape);
    }

    private void flush() {
        if (!shown.isEmpty()) {
            target.text(shown.toString());
            shown.setLength(0);
        }
        if (!escapes.isEmpty()) {
            target.escape(escapes.toString());
            escapes.setLength(0);
        }
    }
}
