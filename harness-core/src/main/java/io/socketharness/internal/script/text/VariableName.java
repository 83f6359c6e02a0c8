package io.socketharness.internal.script.text;

import java.util.regex.Pattern;

/** The name of a variable, which text refers to as <code>${name}</code>. */
public final class VariableName {

    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private VariableName() {}

    /** What sets a variable, in words. */
    public static String sources(String name) {
        return "a group (?<" + name + ">...) in C~, @receive " + name + " or Variables.computed sets it";
    }

    /** Whether text can refer to it. */
    static boolean isValid(String name) {
        return FORM.matcher(name).matches();
    }

    /** Returns the name, which may be empty: then nothing is stored. */
    public static String check(String name) {
        return name.isEmpty() ? name : require(name);
    }

    /** Returns the name, if text can refer to it. */
    public static String require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is not a variable name; a letter and then letters, digits, '.', '-' and '_' are allowed");
        }
        return name;
    }
}
