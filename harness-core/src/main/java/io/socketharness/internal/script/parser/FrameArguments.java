package io.socketharness.internal.script.parser;

import io.socketharness.internal.KnownWords;
import io.socketharness.internal.script.text.Escapes;
import io.socketharness.internal.script.text.MalformedText;
import io.socketharness.internal.script.text.Template;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Framing;
import io.socketharness.script.LengthFraming;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arguments of {@code @frame}: how messages are delimited. */
final class FrameArguments {

    private static final Pattern LENGTH = Pattern.compile("(?<code>[1-4](?<little>\\s+little)?|varint|ber|decimal)"
            + "(\\s+after\\s+(?<after>[0-9]{1,9}))?(\\s+plus\\s+(?<plus>-?[0-9]{1,9}))?");

    private static final List<String> WORDS = List.of("length", "until", "close", "websocket", "none");
    private static final List<String> LENGTH_WORDS = List.of("little", "varint", "ber", "decimal", "after", "plus");

    private FrameArguments() {}

    static Behaviour read(String text) {
        String[] words = text.split("\\s+", 2);
        Arguments rest = new Arguments("@frame " + words[0], words.length > 1 ? words[1] : "");
        return switch (words[0]) {
            case "length" -> Behaviours.frame(length(rest.text()));
            case "until" -> Behaviours.frame(Framing.until(delimiter(rest.text(), text.length())));
            case "close" -> Behaviours.frame(rest.none(Framing.untilClose()));
            case "websocket" -> Behaviours.frame(rest.none(Framing.webSocket()));
            case "none" -> rest.none(Behaviours.unframed());
            default -> throw unknown(words[0], text);
        };
    }

    private static IllegalArgumentException unknown(String word, String text) {
        String allowed = "@frame takes length and its format, until and a delimiter, websocket, close or none, but"
                + " found \"" + text + "\"";
        return new IllegalArgumentException(KnownWords.nearest(word, WORDS)
                .map(near -> "unknown frame " + word + "; " + KnownWords.didYouMean("@frame " + near))
                .orElse(allowed));
    }

    private static Framing length(String rest) {
        Matcher words = LENGTH.matcher(rest);
        if (!words.matches()) {
            for (String word : rest.split("\\s+")) {
                Optional<String> near =
                        LENGTH_WORDS.contains(word) ? Optional.empty() : KnownWords.nearest(word, LENGTH_WORDS);
                if (near.isPresent()) {
                    throw new IllegalArgumentException(
                            "unknown word " + word + " after @frame length; " + KnownWords.didYouMean(near.get()));
                }
            }
            throw new IllegalArgumentException(
                    "@frame length takes 1, 2, 3 or 4 with an optional little, or varint, ber or decimal, then"
                            + " optionally after and a number of bytes, and plus and a number, but found \""
                            + rest + "\"");
        }
        LengthFraming framing = switch (words.group("code")) {
            case "varint" -> Framing.varint();
            case "ber" -> Framing.ber();
            case "decimal" -> Framing.decimal();
            default ->
                Framing.length(
                        rest.charAt(0) - '0',
                        words.group("little") == null ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        };
        String after = words.group("after");
        String plus = words.group("plus");
        return framing.after(after == null ? 0 : Integer.parseInt(after))
                .plus(plus == null ? 0 : Integer.parseInt(plus));
    }

    private static byte[] delimiter(String rest, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Template.Part part : escaped(rest, end)) {
            out.writeBytes(
                    part instanceof Template.Raw raw
                            ? raw.bytes().toByteArray()
                            : ((Template.Text) part).text().getBytes(StandardCharsets.UTF_8));
        }
        if (out.size() == 0) {
            throw new IllegalArgumentException("@frame until takes a delimiter of at least one byte, such as \\0");
        }
        return out.toByteArray();
    }

    /**
     * Reads escapes.
     *
     * @param end of the line's arguments; the escapes are the last ones
     */
    private static List<Template.Part> escaped(String rest, int end) {
        try {
            return Escapes.parse(rest);
        } catch (MalformedText wrong) {
            throw wrong.behind(end - rest.length());
        }
    }
}
