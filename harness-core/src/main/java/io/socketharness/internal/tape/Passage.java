package io.socketharness.internal.tape;

import io.socketharness.internal.tape.Piece.Gap;
import io.socketharness.internal.tape.Piece.Literal;
import io.socketharness.internal.tape.Piece.Value;
import io.socketharness.internal.tape.TapeLine.Message;
import io.socketharness.recording.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Messages of one side as one text, for patterns that match across lines, and the replacements of parts of it. */
final class Passage {

    /**
     * A piece of a message in the text.
     *
     * @param from the index in the text
     * @param charset of the bytes: UTF-8, or Latin-1 for binary data
     */
    private record Part(int message, Piece piece, int from, int to, Charset charset) {}

    /** A range of the text within one message. */
    record Range(int message, int from, int to) {}

    private record Cut(int to, Piece piece) {}

    private final List<Message> messages;
    private final StringBuilder text = new StringBuilder();
    private final NavigableMap<Integer, Part> parts = new TreeMap<>();
    private final NavigableMap<Integer, Cut> cuts = new TreeMap<>();

    /** {@code bytewise} if each byte of a binary message is one character, even if some of them are valid UTF-8. */
    Passage(List<Message> messages, boolean bytewise) {
        this.messages = messages;
        for (int i = 0; i < messages.size(); i++) {
            boolean isBinary = bytewise && messages.get(i).isBinary();
            for (Piece piece : messages.get(i).pieces()) {
                Charset charset = isBinary ? StandardCharsets.ISO_8859_1 : charset(piece.bytes());
                int from = text.length();
                text.append(piece.bytes().text(charset));
                if (text.length() > from) {
                    parts.put(from, new Part(i, piece, from, text.length(), charset));
                }
            }
            text.append(messages.get(i).end());
        }
    }

    private static Charset charset(Bytes bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException binary) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    String text() {
        return text.toString();
    }

    Message message(int index) {
        return messages.get(index);
    }

    /** The parts of a range that are literal; ends of lines are not. */
    List<Range> literals(int from, int to) {
        List<Range> ranges = new ArrayList<>();
        Integer first = parts.floorKey(from);
        for (Part part : parts.subMap(first == null ? 0 : first, to).values()) {
            int begin = Math.max(from, part.from());
            int end = Math.min(to, part.to());
            if (begin < end && part.piece() instanceof Literal) {
                ranges.add(new Range(part.message(), begin, end));
            }
        }
        return ranges;
    }

    /** The range as one, if it is in one message, consists of literals and whole variables, and contains no gap. */
    Optional<Range> whole(int from, int to) {
        Integer first = parts.floorKey(from);
        Set<Integer> in = new HashSet<>();
        int size = 0;
        for (Part part : parts.subMap(first == null ? 0 : first, to).values()) {
            int begin = Math.max(from, part.from());
            int end = Math.min(to, part.to());
            boolean isWhole = begin == part.from() && end == part.to();
            if (begin < end && (part.piece() instanceof Gap || part.piece() instanceof Value && !isWhole)) {
                return Optional.empty();
            }
            if (begin < end) {
                in.add(part.message());
                size += end - begin;
            }
        }
        // ends of lines are not in a part
        return in.size() == 1 && size == to - from
                ? Optional.of(new Range(in.iterator().next(), from, to))
                : Optional.empty();
    }

    /** Replaces a range, unless a part of it was replaced before. */
    void replace(Range range, UnaryOperator<Piece> replacement) {
        Map.Entry<Integer, Cut> before = cuts.lowerEntry(range.to());
        if (before != null && (before.getValue().to() > range.from() || before.getKey() >= range.from())) {
            return;
        }
        Part part = parts.floorEntry(range.from()).getValue();
        cuts.put(range.from(), new Cut(range.to(), replacement.apply(literal(part, range.from(), range.to()))));
    }

    /** Takes back the replacements. */
    void reset() {
        cuts.clear();
    }

    private Literal literal(Part part, int from, int to) {
        return new Literal(Bytes.of(text.substring(from, to).getBytes(part.charset())));
    }

    /** The messages with the replacements. */
    List<Message> result() {
        List<List<Piece>> pieces = new ArrayList<>();
        messages.forEach(message -> pieces.add(new ArrayList<>()));
        int from = 0;
        for (Part part : parts.values()) {
            List<Piece> of = pieces.get(part.message());
            from = Math.max(from, part.from());
            for (Map.Entry<Integer, Cut> cut :
                    cuts.subMap(part.from(), true, part.to(), false).entrySet()) {
                if (from < cut.getKey()) {
                    of.add(literal(part, from, cut.getKey()));
                }
                of.add(cut.getValue().piece());
                from = cut.getValue().to();
            }
            if (from < part.to()) {
                of.add(from == part.from() ? part.piece() : literal(part, from, part.to()));
            }
        }
        List<Message> result = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            result.add(messages.get(i).with(pieces.get(i)));
        }
        return result;
    }
}
