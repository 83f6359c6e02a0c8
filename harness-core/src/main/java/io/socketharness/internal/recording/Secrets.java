package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The secrets of a recording, which neither dialogues nor reports show. An asterisk replaces each byte. */
public final class Secrets {

    /** No secrets. */
    public static final Secrets NONE = new Secrets(List.of());

    /** A shorter secret is only found where its pattern matches. */
    private static final int SHORTEST = 3;

    /** A part of a dialogue that is hidden already, up to the end of its line, which has the time. */
    private static final Pattern HIDDEN = Pattern.compile("(?:\\*+|\\.\\*|\\(\\?>\\.\\*\\?.*)(?: {2,}.*)?");

    private final List<Pattern> patterns;

    private Secrets(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Secrets that match regular expressions. */
    public static Secrets matching(List<String> regexes) {
        return regexes.isEmpty()
                ? NONE
                : new Secrets(
                        regexes.stream().map(regex -> pattern("redact", regex)).toList());
    }

    /** The pattern of an option, in which {@code ^} and {@code $} match at the ends of lines. */
    public static Pattern pattern(String option, String regex) {
        try {
            return Pattern.compile(regex, Pattern.MULTILINE);
        } catch (PatternSyntaxException invalid) {
            throw new IllegalArgumentException(option + " \"" + regex + "\" is not a regular expression: "
                    + invalid.getDescription() + " at " + (Math.max(0, invalid.getIndex()) + 1));
        }
    }

    public List<Pattern> patterns() {
        return patterns;
    }

    /** A range of bytes. */
    private interface Range {
        void range(int from, int to);
    }

    /** The snapshot with asterisks in place of secrets. */
    Snapshot hide(Snapshot exchange) {
        return patterns.isEmpty()
                ? exchange
                : exchange.with(
                        hide(exchange, Event.Kind.RECEIVED, exchange.received()),
                        hide(exchange, Event.Kind.SENT, exchange.sent()));
    }

    /** The bytes with asterisks in place of secrets. */
    static Bytes hide(Bytes all, Collection<Bytes> secrets) {
        if (secrets.isEmpty()) {
            return all;
        }
        String text = all.text(StandardCharsets.ISO_8859_1);
        StringBuilder hidden = new StringBuilder(text);
        for (Bytes secret : secrets) {
            String value = secret.text(StandardCharsets.ISO_8859_1);
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
                new Ranges.One(at, at + value.length()).hide(hidden);
            }
        }
        return Bytes.of(hidden.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private Bytes hide(Snapshot exchange, Event.Kind direction, Bytes all) {
        byte[] hidden = all.toByteArray();
        parts(exchange, direction, all)
                .forEach(part -> find(part.bytes(), (from, to) -> {
                    for (int i = from; i < to; i++) {
                        hidden[part.offset() + i] = '*';
                    }
                }));
        return Bytes.of(hidden);
    }

    private record Part(int offset, Bytes bytes) {}

    /** A stream as a whole, and each datagram by itself. */
    private static List<Part> parts(Snapshot exchange, Event.Kind direction, Bytes all) {
        if (!exchange.datagrams()) {
            return List.of(new Part(0, all));
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < exchange.size(); i++) {
            EventLog.Entry entry = exchange.entry(i);
            if (entry.kind() == direction && entry.isKept()) {
                parts.add(new Part((int) entry.offset(), exchange.bytes(entry)));
            }
        }
        return parts;
    }

    /** Passes on the secrets as ranges of bytes. */
    private void find(Bytes bytes, Range range) {
        Charset charset = charset(bytes);
        String text = bytes.text(charset);
        // how far the text is converted to a position in the bytes
        int chars = 0;
        int position = 0;
        for (Ranges.One one : ranges(text)) {
            position += size(text, chars, one.from(), charset);
            int end = position + size(text, one.from(), one.to(), charset);
            range.range(position, end);
            chars = one.to();
            position = end;
        }
    }

    /** All of the text is a secret if a pattern does not say where secrets are. */
    private List<Ranges.One> ranges(String text) {
        try {
            return Ranges.of(patterns, text);
        } catch (PatternSearch.Failed unknown) {
            return List.of(new Ranges.One(0, text.length()));
        }
    }

    private static int size(String text, int from, int to, Charset charset) {
        return charset.equals(StandardCharsets.ISO_8859_1)
                ? to - from
                : text.substring(from, to).getBytes(charset).length;
    }

    private static Charset charset(Bytes bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException binary) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** A text with asterisks in place of what matches, and of the {@link #values} of exchanges wherever they are. */
    String hideValues(String text, Collection<String> values) {
        StringBuilder hidden = new StringBuilder(text);
        try {
            for (Ranges.One one : Ranges.of(patterns, text)) {
                if (!HIDDEN.matcher(text.substring(one.from(), one.to())).matches()) {
                    one.hide(hidden);
                }
            }
        } catch (PatternSearch.Failed unknown) {
            return "(hidden: " + unknown.getMessage() + ")";
        }
        for (String value : values) {
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
                new Ranges.One(at, at + value.length()).hide(hidden);
            }
        }
        ShortenedSecrets.of(text, values).forEach(one -> one.hide(hidden));
        return hidden.toString();
    }

    /** The patterns that match nothing in the exchanges. */
    List<String> unmatched(Collection<Snapshot> exchanges) {
        List<String> unmatched = new ArrayList<>();
        for (Pattern pattern : patterns) {
            boolean isFound = exchanges.stream()
                    .flatMap(exchange -> Stream.of(Event.Kind.RECEIVED, Event.Kind.SENT)
                            .flatMap(direction -> parts(
                                    exchange,
                                    direction,
                                    direction == Event.Kind.SENT ? exchange.sent() : exchange.received())
                                    .stream()))
                    .anyMatch(part -> !Ranges.of(List.of(pattern), part.bytes().text(charset(part.bytes())))
                            .isEmpty());
            if (!isFound) {
                unmatched.add(pattern.pattern());
            }
        }
        return unmatched;
    }

    /** The indexes of the texts that contain a secret of the exchanges, wherever it is. */
    List<Integer> in(List<String> texts, Collection<Snapshot> exchanges) {
        Collection<String> values = patterns.isEmpty() ? List.of() : values(exchanges);
        return values.isEmpty()
                ? List.of()
                : IntStream.range(0, texts.size())
                        .filter(i -> values.stream().anyMatch(texts.get(i)::contains))
                        .boxed()
                        .toList();
    }

    /** The secrets in each form in which messages show them. */
    Collection<String> values(Collection<Snapshot> exchanges) {
        return texts(secrets(exchanges));
    }

    /** Secrets in each form in which messages show them. */
    static Collection<String> texts(Collection<Bytes> secrets) {
        Collection<String> values = new HashSet<>();
        for (Bytes secret : secrets) {
            values.addAll(List.of(secret.text(), secret.escaped(), secret.hex()));
            // a report shows the lines of a secret one by one
            secret.text().lines().filter(line -> line.length() >= SHORTEST).forEach(values::add);
        }
        return values;
    }

    /** The secrets that are long enough to be found elsewhere. */
    Collection<Bytes> secrets(Collection<Snapshot> exchanges) {
        Collection<Bytes> secrets = new HashSet<>();
        for (Snapshot exchange : exchanges) {
            for (Event.Kind direction : List.of(Event.Kind.RECEIVED, Event.Kind.SENT)) {
                Bytes all = direction == Event.Kind.SENT ? exchange.sent() : exchange.received();
                parts(exchange, direction, all)
                        .forEach(part -> find(part.bytes(), (from, to) -> {
                            Bytes secret = part.bytes().slice(from, to);
                            if (secret.size() >= SHORTEST) {
                                secrets.add(secret);
                            }
                        }));
            }
        }
        return secrets;
    }
}
