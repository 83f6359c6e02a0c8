package io.socketharness.internal.tape;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.recording.PatternSearch;
import io.socketharness.internal.script.text.NamedGroups;
import io.socketharness.internal.tape.Passage.Range;
import io.socketharness.internal.tape.Piece.Gap;
import io.socketharness.internal.tape.Piece.Value;
import io.socketharness.internal.tape.TapeLine.Message;
import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the parts of a client's messages that match a pattern into patterns, and their values in the server's later
 * messages into variables.
 */
final class Masking {

    /** A shorter value is in many messages by accident. */
    private static final int SHORTEST_VALUE = 4;

    private static final Pattern NAME = Pattern.compile("(\\(\\?|\\\\k)<([A-Za-z][A-Za-z0-9]*)>");
    private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]+\\)");

    private final Pattern mask;
    private final List<String> groups;
    /** The names of variables that are in use on the connection. */
    private final Set<String> names = new HashSet<>();
    /** The variable of each value of a group. */
    private final Map<List<String>, String> known = new HashMap<>();

    private Masking(Pattern mask) {
        this.mask = mask;
        this.groups = NamedGroups.of(mask.pattern());
    }

    static List<TapeLine> mask(List<TapeLine> lines, boolean datagrams, Pattern mask) {
        return new Masking(mask).apply(lines, datagrams);
    }

    private List<TapeLine> apply(List<TapeLine> lines, boolean datagrams) {
        for (TapeLine line : lines) {
            if (line instanceof Message message) {
                gaps(message).forEach(gap -> names.addAll(gap.values().keySet()));
            }
        }
        return withValues(Passages.change(lines, datagrams, Direction.FROM_CLIENT, true, this::mask));
    }

    private static List<Gap> gaps(Message message) {
        return message.pieces().stream()
                .filter(Gap.class::isInstance)
                .map(Gap.class::cast)
                .toList();
    }

    /**
     * A pattern may depend on what is around it: it looks at another line, or counts groups. Then it would not match the
     * line that was recorded, and is replaced as if the message were not a line.
     */
    private void mask(Passage passage) {
        Set<String> namesBefore = Set.copyOf(names);
        Map<List<String>, String> knownBefore = Map.copyOf(known);
        Set<Integer> loose = new HashSet<>();
        replace(passage, loose);
        List<Message> masked = passage.result();
        for (int i = 0; i < masked.size(); i++) {
            if (!MessageText.matchesItself(masked.get(i))) {
                loose.add(i);
            }
        }
        if (!loose.isEmpty()) {
            passage.reset();
            names.clear();
            names.addAll(namesBefore);
            known.clear();
            known.putAll(knownBefore);
            replace(passage, loose);
        }
    }

    private void replace(Passage passage, Set<Integer> loose) {
        Map<Integer, Set<String>> inMessages = new HashMap<>();
        PatternSearch.forEach("mask", mask, passage.text(), match -> replace(passage, match, inMessages, loose));
    }

    private void replace(Passage passage, Matcher match, Map<Integer, Set<String>> inMessages, Set<Integer> loose) {
        Optional<Range> whole = passage.whole(match.start(), match.end())
                .filter(range -> passage.message(range.message()).form() == Form.LINE)
                .filter(range -> !loose.contains(range.message()));
        List<Range> ranges = whole.map(List::of).orElseGet(() -> passage.literals(match.start(), match.end()));
        if (ranges.isEmpty()) {
            return;
        }
        Range first = ranges.get(0);
        Set<String> inMessage = inMessages.computeIfAbsent(first.message(), index -> new HashSet<>());
        if (whole.isPresent()) {
            Map<String, String> variables = variables(match, groups, inMessage);
            passage.replace(first, piece -> new Gap(regex(variables), values(match, variables), piece.bytes()));
        } else if (groups.isEmpty()) {
            ranges.forEach(range -> passage.replace(range, piece -> Gap.ofAnything(piece.bytes(), piece.bytes())));
        } else {
            List<String> matched =
                    groups.stream().filter(group -> match.start(group) >= 0).toList();
            groups(passage, match, variables(match, matched, inMessage));
        }
    }

    /** A match in a message that is not a line, or in several messages: only its groups may differ. */
    private static void groups(Passage passage, Matcher matcher, Map<String, String> variables) {
        variables.forEach((group, name) -> {
            List<Range> ranges = passage.literals(matcher.start(group), matcher.end(group));
            Gap one = new Gap("(?<" + name + ">.*)", Map.of(name, matcher.group(group)), Bytes.of());
            ranges.forEach(range -> passage.replace(
                    range,
                    piece -> ranges.size() > 1
                            ? Gap.ofAnything(piece.bytes(), piece.bytes())
                            : new Gap(one.regex(), one.values(), piece.bytes())));
        });
    }

    /** The variable of each group of a match. Another value gets another variable, so that no value is lost. */
    private Map<String, String> variables(Matcher match, List<String> of, Set<String> inMessage) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String group : of) {
            // a group that took no part needs a name too, because a line has each name once
            String value = match.start(group) < 0 ? "" : match.group(group);
            String name = known.get(List.of(group, value));
            if (name == null || inMessage.contains(name)) {
                name = fresh(group);
                known.put(List.of(group, value), name);
            }
            names.add(name);
            inMessage.add(name);
            variables.put(group, name);
        }
        return variables;
    }

    private String fresh(String group) {
        String name = group;
        for (int i = 2; names.contains(name) || !name.equals(group) && groups.contains(name); i++) {
            name = group + i;
        }
        return name;
    }

    private static Map<String, String> values(Matcher match, Map<String, String> variables) {
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((group, name) -> {
            if (match.start(group) >= 0) {
                values.put(name, match.group(group));
            }
        });
        return values;
    }

    /** The pattern with the names of variables for those of its groups. */
    private String regex(Map<String, String> variables) {
        String regex = NAME.matcher(mask.pattern())
                .replaceAll(name -> Matcher.quoteReplacement(
                        name.group(1) + "<" + variables.getOrDefault(name.group(2), name.group(2)) + ">"));
        boolean standsAlone = regex.indexOf('|') < 0 && !FLAGS.matcher(regex).find();
        return standsAlone ? regex : "(?:" + regex + ")";
    }

    /**
     * The value of a variable.
     *
     * @param at its position in the client's message; -1 in a line
     */
    private record Known(String value, int at) {}

    /** Replaces the values that are known when the server sends a message. */
    private static List<TapeLine> withValues(List<TapeLine> lines) {
        Map<String, Known> values = new HashMap<>();
        List<TapeLine> changed = new ArrayList<>();
        for (TapeLine line : lines) {
            if (line instanceof Message message && !message.isFromClient() && !values.isEmpty()) {
                Passage passage = new Passage(List.of(message), true);
                values.entrySet().stream()
                        .sorted(Comparator.comparing((Map.Entry<String, Known> value) ->
                                        -value.getValue().value().length())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .forEach(value -> replace(passage, value.getKey(), value.getValue()));
                changed.add(passage.result().get(0));
                continue;
            }
            if (line instanceof Message message) {
                learn(message, values);
            }
            changed.add(line);
        }
        return changed;
    }

    private static void learn(Message message, Map<String, Known> values) {
        int at = 0;
        for (Piece piece : message.pieces()) {
            if (piece instanceof Gap gap) {
                int position = message.form() == Form.LINE ? -1 : at;
                gap.values().forEach((name, value) -> values.put(name, new Known(value, position)));
            }
            at += piece.bytes().size();
        }
    }

    private static void replace(Passage passage, String variable, Known known) {
        String text = passage.text();
        String value = known.value();
        boolean isBinary = known.at() >= 0 && passage.message(0).form() != Form.LINE;
        if (isBinary && text.startsWith(value, known.at())) {
            replace(passage, variable, known.at(), value.length());
        }
        if (value.length() < SHORTEST_VALUE) {
            return;
        }
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
            int end = at + value.length();
            boolean isWord = (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            if (isWord || isBinary && passage.message(0).isBinary()) {
                replace(passage, variable, at, value.length());
            }
        }
    }

    private static void replace(Passage passage, String variable, int at, int length) {
        passage.whole(at, at + length)
                .ifPresent(range -> passage.replace(range, piece -> new Value(variable, piece.bytes())));
    }
}
