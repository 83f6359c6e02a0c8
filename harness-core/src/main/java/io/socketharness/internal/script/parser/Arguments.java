package io.socketharness.internal.script.parser;

import io.socketharness.internal.Durations;
import io.socketharness.internal.script.engine.NetworkSetting;
import io.socketharness.internal.script.steps.ReceiveCount;
import io.socketharness.internal.script.text.Template;
import io.socketharness.internal.script.text.VariableName;
import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Eol;
import io.socketharness.tls.TlsAlert;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The arguments of a directive.
 *
 * @param word for messages
 * @param text without surrounding white space
 */
record Arguments(String word, String text) {

    /** The meaning of the word without arguments. */
    <T> T none(T meaning) {
        if (!text.isEmpty()) {
            throw new IllegalArgumentException("found \"" + text + "\" after " + word + ", which takes no arguments");
        }
        return meaning;
    }

    /**
     * A number of at least 1.
     *
     * @param what is counted, for messages
     */
    int number(String what) {
        return number(what, text);
    }

    private int number(String what, String digits) {
        return number(what, digits, 1);
    }

    private int number(String what, String digits, int least) {
        if (!digits.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(digits) < least) {
            throw new IllegalArgumentException(word + " takes the number of " + what + ", from " + least
                    + " to 999999999, but found \"" + digits + "\"");
        }
        return Integer.parseInt(digits);
    }

    Duration duration() {
        return duration(text);
    }

    private Duration duration(String time) {
        try {
            return Durations.parse(time);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(word + " takes a duration: " + wrong.getMessage());
        }
    }

    Behaviour drip() {
        String[] words = text.split("\\s+");
        if (words.length != 2) {
            throw new IllegalArgumentException(
                    "@drip takes the number of bytes and the time between them, such as @drip 1 10ms, but found \""
                            + text + "\"");
        }
        return Behaviours.drip(number("bytes", words[0]), duration(words[1]));
    }

    Behaviour network() {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "@network takes a condition, such as @network latency 150ms, or @network perfect");
        }
        return text.equals(NetworkSetting.PERFECT)
                ? Behaviours.network()
                : Behaviours.network(NetworkCondition.parse(text));
    }

    Behaviour eol() {
        String[] words = text.split("\\s+");
        boolean exact = words.length == 2 && words[1].equals("exact");
        for (Eol eol : Eol.values()) {
            if ((exact || words.length == 1) && words[0].equals(eol.name().toLowerCase(Locale.ROOT))) {
                return exact ? Behaviours.exactEol(eol) : Behaviours.eol(eol);
            }
        }
        throw new IllegalArgumentException(
                "@eol takes crlf, lf, none, crlf exact or lf exact, but found \"" + text + "\"");
    }

    Charset charset() {
        try {
            Charset charset = Charset.forName(text);
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new IllegalArgumentException(
                    "@charset takes a charset that this JVM supports, such as latin1, but found \"" + text + "\"",
                    unknown);
        }
        throw new IllegalArgumentException("@charset " + text + " cannot encode text; use another charset");
    }

    /**
     * Reads the arguments of {@code @receive}.
     *
     * @param isKnown whether there is a variable of a name
     * @param known replaces variables, and refuses unknown ones
     */
    Behaviour receive(Predicate<String> isKnown, UnaryOperator<Template> known) {
        String[] words = text.isEmpty() ? new String[0] : text.split("\\s+");
        boolean counted = words.length > 0 && (Character.isDigit(words[0].charAt(0)) || words[0].startsWith("${"));
        int most = counted ? 2 : 1;
        if (words.length > most) {
            throw new IllegalArgumentException(
                    "@receive takes an optional number of bytes and an optional name, but found \"" + text + "\""
                            + (words.length == 2 && isKnown.test(words[0])
                                    ? "; did you mean @receive ${" + words[0] + "} " + words[1] + "?"
                                    : ""));
        }
        String name = words.length == most ? words[most - 1] : "";
        return counted ? receive(known.apply(Template.parse(words[0])), name) : Behaviours.receive(name);
    }

    private Behaviour receive(Template count, String name) {
        return count.parts().size() == 1 && count.parts().get(0) instanceof Template.Reference variable
                ? new ReceiveCount(variable, VariableName.check(name))
                : Behaviours.receive(number("bytes", count.toLine(), 0), name);
    }

    Behaviour startTls() {
        if (text.equals("tolerant")) {
            return Behaviours.startTlsTolerant();
        }
        if (text.equals("resumed")) {
            return Behaviours.startTlsResumed();
        }
        if (text.isEmpty()) {
            return Behaviours.startTls();
        }
        throw new IllegalArgumentException("@starttls takes nothing, tolerant or resumed, but found \"" + text + "\"");
    }

    Behaviour close() {
        if (text.equals("now")) {
            return Behaviours.closeNow();
        }
        if (text.isEmpty()) {
            return Behaviours.close();
        }
        throw new IllegalArgumentException("@close takes nothing or now, but found \"" + text + "\"");
    }

    TlsAlert alert() {
        try {
            return TlsAlert.named(text);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("@tls-alert takes the name of an alert: " + unknown.getMessage());
        }
    }

    String resource() {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("@send takes the name of a resource on the class path");
        }
        return text;
    }
}
