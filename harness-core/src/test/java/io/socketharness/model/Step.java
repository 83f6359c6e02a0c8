package io.socketharness.model;

import io.socketharness.recording.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A step of a script as data: its lines in text form, and what the {@link Model} needs to know. */
sealed interface Step {

    List<String> lines();

    static List<String> lines(List<Step> steps) {
        return steps.stream().flatMap(step -> step.lines().stream()).toList();
    }

    static String text(List<Step> script) {
        return String.join("\n", lines(script)) + "\n";
    }

    /** A step that takes one message, and what it accepts. */
    sealed interface Taking extends Step {
        boolean accepts(Bytes message);
    }

    /** {@code S:} */
    record SendLine(String text) implements Step {
        @Override
        public List<String> lines() {
            return List.of("S: " + text);
        }
    }

    /** {@code S<} or {@code S!} */
    record SendBytes(Bytes bytes, boolean hex) implements Step {
        @Override
        public List<String> lines() {
            return List.of(hex ? "S! " + bytes.hex() : "S< " + escaped(bytes));
        }
    }

    /** {@code @batch}: sends, and ends of lines for them. */
    record Batch(List<Step> body) implements Step {
        @Override
        public List<String> lines() {
            return block("@batch", body);
        }
    }

    /** {@code C:} */
    record ExpectLine(String text) implements Taking {
        @Override
        public boolean accepts(Bytes message) {
            return message.equals(Bytes.ofText(text));
        }

        @Override
        public List<String> lines() {
            return List.of("C: " + text);
        }
    }

    /** {@code C~}, with texts that match and are sent by clients that fit. */
    record ExpectMatch(String regex, List<String> samples) implements Taking {
        @Override
        public boolean accepts(Bytes message) {
            return Pattern.matches(regex, message.text());
        }

        @Override
        public List<String> lines() {
            return List.of("C~ " + regex);
        }
    }

    /** {@code C<} or {@code C!} */
    record ExpectBytes(Bytes bytes, boolean hex) implements Taking {
        @Override
        public boolean accepts(Bytes message) {
            return message.equals(bytes);
        }

        @Override
        public List<String> lines() {
            return List.of(hex ? "C! " + bytes.hex() : "C< " + escaped(bytes));
        }
    }

    /** {@code @receive} */
    record Receive() implements Taking {
        @Override
        public boolean accepts(Bytes message) {
            return true;
        }

        @Override
        public List<String> lines() {
            return List.of("@receive");
        }
    }

    /** {@code @receive 12} */
    record ReceiveCount(int count) implements Taking {
        @Override
        public boolean accepts(Bytes message) {
            return true;
        }

        @Override
        public List<String> lines() {
            return List.of("@receive " + count);
        }
    }

    /** {@code @maybe} */
    record Maybe(List<Step> body) implements Step {
        @Override
        public List<String> lines() {
            return block("@maybe", body);
        }
    }

    /** {@code @repeat 3} */
    record Repeat(int times, List<Step> body) implements Step {
        @Override
        public List<String> lines() {
            return block("@repeat " + times, body);
        }
    }

    /** {@code @forever} */
    record Forever(List<Step> body) implements Step {
        @Override
        public List<String> lines() {
            return block("@forever", body);
        }
    }

    /** A case of {@code @match}, which begins with the step that takes the message; or {@code @otherwise}. */
    record Case(boolean otherwise, List<Step> body) {
        boolean accepts(Bytes message) {
            return otherwise || ((Taking) body.get(0)).accepts(message);
        }

        boolean leaves() {
            return body.get(body.size() - 1) instanceof Leave;
        }
    }

    /** {@code @match} */
    record Match(List<Case> cases) implements Step {
        @Override
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (Case one : cases) {
                lines.add(one.otherwise() ? "@otherwise" : lines.isEmpty() ? "@match" : "@or");
                Step.lines(one.body()).forEach(line -> lines.add("  " + line));
            }
            lines.add("@end");
            return lines;
        }
    }

    /** {@code @leave} */
    record Leave() implements Step {
        @Override
        public List<String> lines() {
            return List.of("@leave");
        }
    }

    /** {@code @eol} */
    record EndOfLine(Settings.Eol eol) implements Step {
        @Override
        public List<String> lines() {
            return List.of("@eol " + eol.word());
        }
    }

    /** {@code @frame} */
    record Frame(Framing framing) implements Step {
        @Override
        public List<String> lines() {
            return List.of("@frame " + framing);
        }
    }

    /** {@code @delay} */
    record Delay(int millis) implements Step {
        @Override
        public List<String> lines() {
            return List.of("@delay " + millis + "ms");
        }
    }

    /** {@code @drip} */
    record Drip(int bytes, int micros) implements Step {
        @Override
        public List<String> lines() {
            return List.of("@drip " + bytes + " " + micros + "us");
        }
    }

    /** The steps of one word that end the connection, one direction of it, or the script's interest in the input. */
    enum End implements Step {
        CLOSE("@close"),
        CLOSE_NOW("@close now"),
        HALF_CLOSE("@half-close"),
        RESET("@reset"),
        STALL("@stall"),
        DISCARD("@discard");

        private final String word;

        End(String word) {
            this.word = word;
        }

        @Override
        public List<String> lines() {
            return List.of(word);
        }
    }

    private static List<String> block(String head, List<Step> body) {
        List<String> lines = new ArrayList<>(List.of(head));
        lines(body).forEach(line -> lines.add("  " + line));
        lines.add("@end");
        return lines;
    }

    private static String escaped(Bytes bytes) {
        StringBuilder out = new StringBuilder();
        for (char c : new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1).toCharArray()) {
            boolean plain = c > ' ' && c < 127 && c != '\\' && c != '$';
            out.append(plain ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return out.toString();
    }
}
