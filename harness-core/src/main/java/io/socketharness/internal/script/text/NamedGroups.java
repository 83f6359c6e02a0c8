package io.socketharness.internal.script.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The named groups of a regular expression. */
public final class NamedGroups {

    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private NamedGroups() {}

    /** A quoted text may look like a group, so each is checked with a match of the empty alternative. */
    public static List<String> of(String regex) {
        Matcher match = Pattern.compile("|" + regex).matcher("");
        match.find();
        return GROUP.matcher(regex)
                .results()
                .map(name -> name.group(1))
                .distinct()
                .filter(name -> isGroup(match, name))
                .toList();
    }

    private static boolean isGroup(Matcher match, String name) {
        try {
            match.group(name);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
