package io.socketharness.internal.script.parser;

import io.socketharness.internal.Durations;
import io.socketharness.internal.script.steps.SendResource;
import io.socketharness.internal.script.text.Escapes;
import io.socketharness.internal.script.text.Resources;
import io.socketharness.internal.script.text.Template;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Eol;
import io.socketharness.script.Framing;
import io.socketharness.script.LengthFraming;
import io.socketharness.tls.TlsAlert;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The steps of the text form that are a word with arguments. */
final class Directives {

    private static final Map<String, Supplier<Behaviour>> BARE = new TreeMap<>(Map.of(
            "@echo", Behaviours::echo,
            "@discard", Behaviours::discard,
            "@daytime", Behaviours::daytime,
            "@time", Behaviours::time,
            "@chargen", Behaviours::chargen,
            "@close", Behaviours::close,
            "@half-close", Behaviours::halfClose,
            "@reset", Behaviours::reset,
            "@stall", Behaviours::stall));

    private static final Map<String, Supplier<Behaviour>> BARE_PROTOCOLS = Map.of(
            "@new-port", Behaviours::newPort,
            "@websocket", Behaviours::webSocket);

    private static final Map<String, Supplier<Behaviour>> BARE_TLS = Map.of(
            "@tls-hello", Behaviours::tlsHello,
            "@tls-corrupt", Behaviours::tlsCorrupt,
            "@tls-truncate", Behaviours::tlsTruncate);

    static {
        BARE.putAll(BARE_TLS);
        BARE.putAll(BARE_PROTOCOLS);
    }

    /** The words that are read elsewhere or take arguments, so that an error can name all. */
    private static final String[] OTHERS = {
        "@broadcast",
        "@charset",
        "@delay",
        "@drip",
        "@end",
        "@eol",
        "@forever",
        "@frame",
        "@leave",
        "@match",
        "@maybe",
        "@or",
        "@otherwise",
        "@receive",
        "@repeat",
        "@send",
        "@starttls",
        "@tls-alert",
        "@tls-flight",
        "@within"
    };

    private static final Pattern LENGTH = Pattern.compile("(?<code>[1-4](?<little>\\s+little)?|varint|ber|decimal)"
            + "(\\s+after\\s+(?<after>[0-9]{1,9}))?(\\s+plus\\s+(?<plus>-?[0-9]{1,9}))?");

    private final @Nullable Class<?> anchor;

    Directives(@Nullable Class<?> anchor) {
        this.anchor = anchor;
    }

    Behaviour step(String name, String arguments) {
        Supplier<Behaviour> simple = BARE.get(name);
        if (simple != null) {
            bare(name, arguments);
            return simple.get();
        }
        return switch (name) {
            case "@delay" -> Behaviours.delay(duration(name, arguments));
            case "@within" -> Behaviours.within(duration(name, arguments));
            case "@drip" -> drip(arguments);
            case "@eol" -> eol(arguments);
            case "@charset" -> Behaviours.charset(charset(arguments));
            case "@frame" -> frame(arguments);
            case "@receive" -> receive(arguments);
            case "@send" -> send(arguments);
            case "@starttls" -> startTls(arguments);
            case "@tls-alert" -> Behaviours.tlsAlert(alert(arguments));
            case "@tls-flight" -> Behaviours.tlsFlight(number(name, "bytes", arguments));
            case "@code" ->
                throw new IllegalArgumentException("@code " + arguments
                        + " stands for code, which text cannot hold; build that script in Java, with Script.of");
            default -> throw new IllegalArgumentException("unknown step " + name + "; known are " + names());
        };
    }

    private static String names() {
        TreeSet<String> names = new TreeSet<>(BARE.keySet());
        names.addAll(java.util.List.of(OTHERS));
        return String.join(" ", names);
    }

    static String bare(String name, String arguments) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException(
                    "found \"" + arguments + "\" behind " + name + ", which takes no arguments");
        }
        return name;
    }

    static int number(String name, String what, String digits) {
        if (!digits.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    name + " takes the number of " + what + ", from 1 to 999999999, but found \"" + digits + "\"");
        }
        return Integer.parseInt(digits);
    }

    private static java.time.Duration duration(String name, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(name + " takes a duration: " + wrong.getMessage(), wrong);
        }
    }

    private static Behaviour drip(String arguments) {
        String[] words = arguments.split("\\s+");
        if (words.length != 2) {
            throw new IllegalArgumentException(
                    "@drip takes the number of bytes and the time between them, such as @drip 1 10ms, but found \""
                            + arguments + "\"");
        }
        return Behaviours.drip(number("@drip", "bytes", words[0]), duration("@drip", words[1]));
    }

    private static Behaviour eol(String word) {
        for (Eol eol : Eol.values()) {
            if (word.equals(eol.name().toLowerCase(Locale.ROOT))) {
                return Behaviours.eol(eol);
            }
        }
        throw new IllegalArgumentException("@eol takes crlf, lf or none, but found \"" + word + "\"");
    }

    private static Charset charset(String name) {
        try {
            Charset charset = Charset.forName(name);
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new IllegalArgumentException(
                    "@charset takes a charset that this JVM has, such as latin1, but found \"" + name + "\"", unknown);
        }
        throw new IllegalArgumentException("@charset " + name + " cannot encode; a charset that can is needed");
    }

    private static Behaviour frame(String arguments) {
        String[] words = arguments.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "length" -> Behaviours.frame(length(rest));
            case "until" -> Behaviours.frame(Framing.until(delimiter(rest)));
            case "close" -> {
                bare("@frame close", rest);
                yield Behaviours.frame(Framing.untilClose());
            }
            case "websocket" -> {
                bare("@frame websocket", rest);
                yield Behaviours.frame(Framing.webSocket());
            }
            case "none" -> {
                bare("@frame none", rest);
                yield Behaviours.unframed();
            }
            default ->
                throw new IllegalArgumentException(
                        "@frame takes length and how it is written, until and a delimiter, websocket, close or none, but found \""
                                + arguments + "\"");
        };
    }

    private static Framing length(String rest) {
        Matcher words = LENGTH.matcher(rest);
        if (!words.matches()) {
            throw new IllegalArgumentException(
                    "@frame length takes 1, 2, 3 or 4 bytes and perhaps little, varint, ber or"
                            + " decimal, and then perhaps after and a number of bytes, and plus and a number, but found \""
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

    private static byte[] delimiter(String rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Template.Part part : Escapes.parse(rest)) {
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

    private static Behaviour receive(String arguments) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split("\\s+");
        boolean counted = words.length > 0 && Character.isDigit(words[0].charAt(0));
        int most = counted ? 2 : 1;
        if (words.length > most) {
            throw new IllegalArgumentException(
                    "@receive takes the number of bytes and a name, both of which may be left out, but found \""
                            + arguments + "\"");
        }
        String name = words.length == most ? words[most - 1] : "";
        return counted ? Behaviours.receive(number("@receive", "bytes", words[0]), name) : Behaviours.receive(name);
    }

    private static Behaviour startTls(String arguments) {
        if (arguments.equals("tolerant")) {
            return Behaviours.startTlsTolerant();
        }
        if (arguments.isEmpty()) {
            return Behaviours.startTls();
        }
        throw new IllegalArgumentException("@starttls takes nothing or tolerant, but found \"" + arguments + "\"");
    }

    private static TlsAlert alert(String name) {
        try {
            return TlsAlert.named(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "@tls-alert takes the name of an alert: " + unknown.getMessage(), unknown);
        }
    }

    private Behaviour send(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("@send takes the name of a resource on the class path");
        }
        return new SendResource(name, Bytes.of(Resources.read(anchor, name)));
    }
}
