package io.socketharness.internal.spec;

import io.socketharness.internal.Durations;
import io.socketharness.internal.KnownWords;
import io.socketharness.network.NetworkCondition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The value of an option, read as the option's type.
 *
 * @param name of the option, for messages
 * @param value text, which is parsed, or a value of that type
 */
record OptionValue(String name, Object value) {

    String text() {
        return (String) value;
    }

    String[] list() {
        return value instanceof String text ? text.split(",") : (String[]) value;
    }

    NetworkCondition[] conditions() {
        String[] texts = list();
        NetworkCondition[] conditions = new NetworkCondition[texts.length];
        for (int i = 0; i < texts.length; i++) {
            try {
                conditions[i] = NetworkCondition.parse(texts[i]);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(name + ": " + wrong.getMessage());
            }
        }
        return conditions;
    }

    boolean flag() {
        if (!(value instanceof String text)) {
            return (boolean) value;
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw notAllowed("true or false is allowed");
    }

    int integer() {
        return (int) number(Integer.MAX_VALUE);
    }

    long signed() {
        if (value instanceof String text && text.matches("-[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        return number();
    }

    long number() {
        return number(Long.MAX_VALUE);
    }

    private long number(long most) {
        if (!(value instanceof String text)) {
            return ((Number) value).longValue();
        }
        if (text.matches("[0-9]{1,18}") && Long.parseLong(text) <= most) {
            return Long.parseLong(text);
        }
        throw notAllowed("a whole number is allowed");
    }

    /** Annotations contain it as text too. */
    Duration duration() {
        try {
            return Durations.parse(text());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(name + ": " + wrong.getMessage());
        }
    }

    <E extends Enum<E>> E constant(Class<E> type) {
        if (!(value instanceof String text)) {
            return type.cast(value);
        }
        E[] constants = type.getEnumConstants();
        for (E constant : constants) {
            if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        List<String> words = Arrays.stream(constants).map(OptionValue::word).toList();
        String allowed = words.size() == 2
                ? words.get(0) + " or " + words.get(1) + " is allowed"
                : "allowed are " + String.join(", ", words);
        throw notAllowed(KnownWords.hint(text, words, allowed));
    }

    private IllegalArgumentException notAllowed(String allowed) {
        return new IllegalArgumentException(name + " is \"" + value + "\"; " + allowed);
    }

    /** The value in a URL, which is read back; empty for a value that is not set. */
    String inUrl() {
        if (value instanceof Optional<?> set) {
            return set.map(text -> URLEncoder.encode((String) text, StandardCharsets.UTF_8))
                    .orElse("");
        }
        if (value instanceof Duration duration) {
            return Durations.format(duration);
        }
        if (value instanceof Enum<?> constant) {
            return word(constant);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(OptionValue::element).collect(Collectors.joining(","));
        }
        return String.valueOf(value);
    }

    private static String element(Object element) {
        String text = element.toString();
        return element instanceof NetworkCondition ? URLEncoder.encode(text, StandardCharsets.UTF_8) : text;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
