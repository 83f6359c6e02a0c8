package io.socketharness.internal.spec;

import io.socketharness.ConversationMode;
import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.Transport;
import io.socketharness.internal.Durations;
import io.socketharness.internal.net.Hosts;
import io.socketharness.internal.recording.Recorder;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs of servers. A parser of our own: {@code java.net.URI} refuses {@code tcp:} and decodes Unix paths. */
public final class SpecParser {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9.+_-]*):(.*)", Pattern.DOTALL);
    private static final String OPTIONS =
            "backlog, timeout, strict, optional, conversation, recordingLimit, messageLimit, skipIfUnsupported, name, "
                    + "umask, mode, replaceStale, " + TlsOptions.NAMES;

    private final String url;

    private SpecParser(String url) {
        this.url = url;
    }

    public static ServerSpec parse(String url) {
        return new SpecParser(url).spec();
    }

    private ServerSpec spec() {
        int question = url.indexOf('?');
        String target = question < 0 ? url : url.substring(0, question);
        try {
            ServerSpecBuilder builder = target(target);
            if (question >= 0) {
                options(builder, url.substring(question + 1));
            }
            return builder.build();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("\"" + url + "\": " + wrong.getMessage(), wrong);
        }
    }

    private ServerSpecBuilder target(String target) {
        Matcher scheme = SCHEME.matcher(target);
        boolean named = scheme.matches()
                && (scheme.group(2).isEmpty() || scheme.group(2).startsWith("/") || isUnix(scheme.group(1)));
        if (!named && scheme.matches() && TransportNames.find(scheme.group(1)).isPresent()) {
            throw new IllegalArgumentException(
                    "found \"" + target + "\" without // behind the transport; write " + scheme.group(1) + "://"
                            + (scheme.group(2).matches("[0-9]+") ? "127.0.0.1:" : "") + scheme.group(2));
        }
        if (!named && !target.contains(":") && !target.contains("/") && !target.contains(".")) {
            return ServerSpec.builder(target);
        }
        ServerSpecBuilder builder = ServerSpec.builder(named ? scheme.group(1) : "tcp");
        String rest = named ? scheme.group(2) : "//" + target;
        if (rest.isEmpty()) {
            return builder;
        }
        if (named && isUnix(scheme.group(1))) {
            return builder.path(rest.startsWith("//") ? rest.substring(2) : rest);
        }
        if (!rest.startsWith("//") || rest.startsWith("///") || rest.indexOf('/', 2) >= 0) {
            String found = rest.startsWith("//") ? rest.substring(rest.indexOf('/', 2)) : rest;
            throw new IllegalArgumentException("found the path \"" + found
                    + "\" where a host and a port are allowed, as in " + "tcp://127.0.0.1:0");
        }
        address(builder, rest.substring(2));
        return builder;
    }

    private static boolean isUnix(String transport) {
        return TransportNames.find(transport).map(Transport::isUnix).orElse(false);
    }

    private static void address(ServerSpecBuilder builder, String address) {
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            String after = end < 0 ? "" : address.substring(end + 1);
            if (end < 0 || !after.isEmpty() && !after.startsWith(":")) {
                throw new IllegalArgumentException("found \"" + address
                        + "\" where an IPv6 address in brackets and a port are" + " allowed, as in [::1]:0");
            }
            builder.host(address.substring(1, end).replace("%25", "%"));
            port(builder, after.isEmpty() ? after : after.substring(1));
            return;
        }
        int colon = address.lastIndexOf(':');
        if (colon != address.indexOf(':')) {
            if (!address.matches("[0-9a-fA-F:.]+(%.*)?")) {
                throw new IllegalArgumentException("found \"" + address + "\"; host:port is allowed, such as "
                        + address.substring(0, address.indexOf(':', address.indexOf(':') + 1)));
            }
            String before = address.substring(0, colon);
            String behind = address.substring(colon + 1);
            boolean mayBePort = behind.matches("[0-9]+") && (!before.endsWith(":") || before.endsWith("::"));
            throw new IllegalArgumentException("found \"" + address + "\", an IPv6 address without brackets; write "
                    + (mayBePort ? "[" + before + "]:" + behind + " or " : "") + "[" + address + "]");
        }
        String host = colon < 0 ? address : address.substring(0, colon);
        if (!host.isEmpty()) {
            builder.host(host);
        }
        port(builder, colon < 0 ? "" : address.substring(colon + 1));
    }

    private static void port(ServerSpecBuilder builder, String digits) {
        if (digits.isEmpty()) {
            return;
        }
        if (!digits.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("port \"" + digits + "\" is no "
                    + (digits.matches("-?[0-9]+") ? "port" : "number") + "; 0 to 65535 is allowed, 0 for a free one");
        }
        builder.port(Integer.parseInt(digits));
    }

    private static void options(ServerSpecBuilder builder, String query) {
        Set<String> names = new HashSet<>();
        for (String option : query.split("&")) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "found the option \"" + option + "\" without a value; known are " + OPTIONS);
            }
            String name = option.substring(0, equals);
            if (!names.add(name)) {
                throw new IllegalArgumentException("found the option \"" + name + "\" twice; each has one value");
            }
            option(builder, name, URLDecoder.decode(option.substring(equals + 1), StandardCharsets.UTF_8));
        }
    }

    private static void option(ServerSpecBuilder builder, String name, String value) {
        switch (name) {
            case "backlog" -> builder.backlog((int) number(name, value, Integer.MAX_VALUE));
            case "timeout" -> builder.timeout(duration(name, value));
            case "strict" -> builder.strict(bool(name, value));
            case "optional" -> builder.optional(bool(name, value));
            case "conversation" -> builder.conversation(conversation(value));
            case "recordingLimit" -> builder.recordingLimit(number(name, value, Long.MAX_VALUE));
            case "messageLimit" -> builder.messageLimit((int) number(name, value, Integer.MAX_VALUE));
            case "skipIfUnsupported" -> builder.skipIfUnsupported(bool(name, value));
            case "umask" -> builder.umask(value);
            case "mode" -> builder.mode(value);
            case "replaceStale" -> builder.replaceStale(bool(name, value));
            case "name" -> builder.name(value);
            default -> {
                if (!TlsOptions.set(builder, name, value)) {
                    String reason = UnsupportedUrlOptions.reason(name);
                    throw new IllegalArgumentException(
                            reason == null
                                    ? "unknown option \"" + name + "\"; known are " + OPTIONS
                                    : name + " " + reason);
                }
            }
        }
    }

    private static long number(String name, String value, long most) {
        if (value.matches("[0-9]{1,18}") && Long.parseLong(value) <= most) {
            return Long.parseLong(value);
        }
        throw new IllegalArgumentException(name + " is \"" + value + "\"; a whole number is allowed");
    }

    private static Duration duration(String name, String value) {
        try {
            return Durations.parse(value);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
        }
    }

    private static boolean bool(String name, String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw new IllegalArgumentException(name + " is \"" + value + "\"; true or false is allowed");
    }

    private static ConversationMode conversation(String value) {
        for (ConversationMode mode : ConversationMode.values()) {
            if (mode.name().equals(value.toUpperCase(Locale.ROOT))) {
                return mode;
            }
        }
        throw new IllegalArgumentException("conversation is \"" + value + "\"; each or one is allowed");
    }

    public static String format(ServerSpec spec) {
        ServerSpec defaults = ServerSpec.builder(spec.transport()).build();
        StringJoiner options = new StringJoiner("&", "?", "").setEmptyValue("");
        if (spec.backlog() != defaults.backlog()) {
            options.add("backlog=" + spec.backlog());
        }
        if (!spec.timeout().equals(defaults.timeout())) {
            options.add("timeout=" + Durations.format(spec.timeout()));
        }
        if (!spec.isStrict()) {
            options.add("strict=false");
        }
        if (spec.isOptional()) {
            options.add("optional=true");
        }
        if (spec.conversation() != ConversationMode.EACH) {
            options.add("conversation=" + spec.conversation().name().toLowerCase(Locale.ROOT));
        }
        if (spec.recordingLimit() != Recorder.DEFAULT_LIMIT) {
            options.add("recordingLimit=" + spec.recordingLimit());
        }
        if (spec.messageLimit() != defaults.messageLimit()) {
            options.add("messageLimit=" + spec.messageLimit());
        }
        if (spec.isSkipIfUnsupported()) {
            options.add("skipIfUnsupported=true");
        }
        UnixOptions.of(spec).format(options);
        TlsOptions.format(spec.tls(), options);
        spec.name().ifPresent(name -> options.add("name=" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
        return target(spec) + options;
    }

    /** The URL without its options. */
    public static String target(ServerSpec spec) {
        return spec.transport()
                + (spec.transport().isUnix()
                        ? UnixOptions.of(spec).inUrl()
                        : "://" + Hosts.inUrl(spec.host()) + ":" + spec.port());
    }
}
