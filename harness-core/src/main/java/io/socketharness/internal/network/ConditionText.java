package io.socketharness.internal.network;

import io.socketharness.internal.KnownWords;
import io.socketharness.network.NetworkCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads conditions. */
public final class ConditionText {

    /** The names, and the form of each. */
    private enum Name {
        LATENCY("latency 150ms, or latency 150ms jitter 50ms"),
        BANDWIDTH("bandwidth 10kB/s"),
        SLICE("slice 1, or slice 10 every 5ms"),
        COALESCE("coalesce 20ms"),
        LIMIT("limit 100 reset, with reset, close, half-close or stall"),
        STOP_READING("stop-reading"),
        BLACKHOLE("blackhole"),
        CORRUPT("corrupt 1%, or corrupt at 10"),
        LOSS("loss 30%, or loss 30% burst 3; for the numbers of datagrams, use drop"),
        DUPLICATION("duplication 5%; for the numbers of datagrams, use duplicate"),
        REORDERING("reordering 10%; for the numbers of datagrams, use swap"),
        DROP("drop 1 3, with the numbers of datagrams; for a probability, use loss"),
        DUPLICATE("duplicate 2, with the numbers of datagrams; for a probability, use duplication"),
        SWAP("swap 4 5, with the numbers of two datagrams; for a probability, use reordering"),
        TRUNCATE("truncate 2 to 10, with the number of a datagram and a number of bytes");

        final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
        final String form;

        Name(String form) {
            this.form = "the form is " + form;
        }

        Condition read(Words words) {
            return switch (this) {
                case LATENCY -> latency(words);
                case BANDWIDTH -> bandwidth(words);
                case SLICE -> slice(words);
                case COALESCE -> new CoalesceCondition(words.duration("a time"), Direction.BOTH);
                case LIMIT -> limit(words);
                case STOP_READING -> new StopReadingCondition(Direction.BOTH);
                case BLACKHOLE -> new BlackholeCondition(Direction.BOTH);
                case CORRUPT -> corrupt(words);
                case LOSS -> loss(words);
                case DUPLICATION -> new DuplicationCondition(words.probability(), Direction.BOTH);
                case REORDERING -> new ReorderingCondition(words.probability(), Direction.BOTH);
                case DROP -> DropCondition.of(words.counts());
                case DUPLICATE -> DuplicateCondition.of(words.counts());
                case SWAP ->
                    new SwapCondition(
                            words.count("the number of a datagram"),
                            words.count("the number of another datagram"),
                            Direction.BOTH);
                case TRUNCATE -> truncate(words);
            };
        }
    }

    /** Words that are not names of conditions, and what to write. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("delay", "did you mean latency?"),
            Map.entry("jitter", "jitter follows a latency: latency 150ms jitter 50ms"),
            Map.entry("rate", "did you mean bandwidth?"),
            Map.entry("throttle", "did you mean bandwidth?"),
            Map.entry("cut", "did you mean limit?"),
            Map.entry("close", "did you mean limit 100 close?"),
            Map.entry("half-close", "did you mean limit 100 half-close?"),
            Map.entry("reset", "did you mean limit 100 reset?"),
            Map.entry("stall", "did you mean limit 100 stall?"),
            Map.entry("hang", "did you mean blackhole?"),
            Map.entry("reorder", "did you mean reordering?"),
            Map.entry("to", "the direction follows the condition: latency 150ms to client"),
            Map.entry("ignore", "use the method ignore() of the server"),
            Map.entry("refuse", "use the method refuse() of the server"),
            Map.entry("perfect", "a network without conditions is perfect"),
            Map.entry("network", "a condition begins with its name: latency 150ms"),
            Map.entry("@network", "a condition begins with its name: latency 150ms"));

    private static final Pattern LETTERS = Pattern.compile("[a-z-]+");

    private ConditionText() {}

    /** Whether a condition has this name. */
    public static boolean isName(String word) {
        return find(word).isPresent();
    }

    public static NetworkCondition parse(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.strip().split("\\s+")));
        requireOneCondition(text, words);
        Direction direction = direction(words);
        String word = words.remove(0);
        Name name = name(word);
        Words arguments = new Words(name.word, name.form, words);
        return arguments.end(name.read(arguments)).with(direction);
    }

    /** Refuses another condition after the first one. Names of conditions occur only at the beginning. */
    private static void requireOneCondition(String text, List<String> words) {
        if (!isName(words.get(0))) {
            return;
        }
        for (String word : words.subList(1, words.size())) {
            if (isName(word)) {
                throw new IllegalArgumentException("found a second condition, " + word + ", in \"" + text
                        + "\"; each string of an annotation and each line of a script takes one condition, and in a"
                        + " URL a comma separates conditions");
            }
        }
    }

    private static Optional<Name> find(String word) {
        return Arrays.stream(Name.values())
                .filter(name -> name.word.equals(word))
                .findFirst();
    }

    private static Name name(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException(unknown(word)));
    }

    private static String unknown(String word) {
        List<String> known = Arrays.stream(Name.values()).map(name -> name.word).toList();
        if (word.isEmpty()) {
            return "found no network condition; known are " + String.join(", ", known);
        }
        Matcher letters = LETTERS.matcher(word);
        Optional<Name> begun = letters.lookingAt() ? find(letters.group()) : Optional.empty();
        String hint = begun.map(name -> name.form)
                .or(() -> Optional.ofNullable(INSTEAD.get(word)))
                .orElseGet(() -> KnownWords.hint(word, known));
        return "unknown network condition \"" + word + "\"; " + hint;
    }

    /** Removes the direction at the end. */
    private static Direction direction(List<String> words) {
        int size = words.size();
        if (size < 3 || !words.get(size - 2).equals("to") || words.get(size - 1).matches("[0-9].*")) {
            return Direction.BOTH;
        }
        String to = words.get(size - 1);
        words.subList(size - 2, size).clear();
        return switch (to) {
            case "client" -> Direction.TO_CLIENT;
            case "server" -> Direction.TO_SERVER;
            default ->
                throw new IllegalArgumentException(
                        "found \"to " + to + "\" after " + String.join(" ", words) + "; " + Words.DIRECTIONS);
        };
    }

    private static Condition latency(Words words) {
        Duration latency = words.duration("a time");
        Duration jitter = words.take("jitter") ? words.duration("a time after jitter") : Duration.ZERO;
        return new LatencyCondition(latency, jitter, Direction.BOTH);
    }

    private static Condition bandwidth(Words words) {
        return new BandwidthCondition(Quantities.rate(words.next("a rate")), Direction.BOTH);
    }

    private static Condition slice(Words words) {
        int size = words.count("a number of bytes");
        Duration interval = words.take("every") ? words.duration("a time after every") : Duration.ZERO;
        return new SliceCondition(size, interval, Direction.BOTH);
    }

    private static Condition limit(Words words) {
        long bytes = words.number("a number of bytes");
        String end = words.next("an end");
        if (end.equals(Limits.STALL)) {
            return new LimitCondition(bytes, null, Direction.BOTH);
        }
        End known = Limits.words().get(end);
        if (known == null) {
            List<String> allowed = new ArrayList<>(Limits.words().keySet());
            allowed.add(Limits.STALL);
            throw new IllegalArgumentException("limit " + bytes + " cannot end with \"" + end + "\"; "
                    + KnownWords.hint(end, allowed, "allowed are " + String.join(", ", allowed)));
        }
        return new LimitCondition(bytes, known, Direction.BOTH);
    }

    private static Condition corrupt(Words words) {
        return words.take("at")
                ? new CorruptAtCondition(words.number("the position of a byte"), Direction.BOTH)
                : new CorruptionCondition(words.probability(), Direction.BOTH);
    }

    private static Condition loss(Words words) {
        double probability = words.probability();
        LossCondition loss = new LossCondition(probability, 0, Direction.BOTH);
        return words.take("burst") ? (Condition) loss.burst(words.count("a number of datagrams")) : loss;
    }

    private static Condition truncate(Words words) {
        int number = words.count("the number of a datagram");
        if (!words.take("to")) {
            throw new IllegalArgumentException(
                    "truncate " + number + " needs a number of bytes; " + Name.TRUNCATE.form);
        }
        return new TruncateCondition(number, words.count("a number of bytes"), Direction.BOTH);
    }
}
