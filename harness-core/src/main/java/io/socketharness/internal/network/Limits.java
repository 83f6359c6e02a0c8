package io.socketharness.internal.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words for the end of a limit. */
final class Limits {

    static final String STALL = "stall";
    private static final Map<String, End> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("reset", End.RESET);
        WORDS.put("close", End.CLOSE);
        WORDS.put("half-close", End.HALF_CLOSE);
    }

    private Limits() {}

    static Map<String, End> words() {
        return WORDS;
    }

    static String word(@Nullable End end) {
        return WORDS.entrySet().stream()
                .filter(entry -> entry.getValue() == end)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(STALL);
    }
}
