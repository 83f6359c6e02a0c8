package io.socketharness.internal.spec;

import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.Transport;
import io.socketharness.internal.KnownWords;
import io.socketharness.internal.net.Hosts;
import io.socketharness.internal.net.UrlOptions;
import java.util.HashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs of servers. A separate parser, because {@code java.net.URI} refuses {@code tcp:} and decodes Unix paths. */
public final class ServerUrl {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9.+_-]*):(.*)", Pattern.DOTALL);

    private final String url;

    private ServerUrl(String url) {
        this.url = url;
    }

    public static ServerSpec parse(String url) {
        return new ServerUrl(url).spec();
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
            // Without the exception itself as the cause: its text would be printed twice.
            throw new IllegalArgumentException("\"" + url + "\": " + wrong.getMessage(), wrong.getCause());
        }
    }

    private ServerSpecBuilder target(String target) {
        Matcher scheme = SCHEME.matcher(target);
        boolean named = scheme.matches()
                && (scheme.group(2).isEmpty() || scheme.group(2).startsWith("/") || isUnix(scheme.group(1)));
        if (!named && scheme.matches() && TransportNames.find(scheme.group(1)).isPresent()) {
            throw new IllegalArgumentException(
                    "found \"" + target + "\" without // after the transport; write " + scheme.group(1) + "://"
                            + (scheme.group(2).matches("[0-9]+") ? "127.0.0.1:" : "") + scheme.group(2));
        }
        if (!named) {
            requireTransportOrHost(target);
        }
        if (!named && isWord(target)) {
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

    /** Refuses a port or a host alone, and suggests the complete URL. */
    private static void requireTransportOrHost(String target) {
        if (target.matches(":?[0-9]{1,5}")) {
            String port = target.substring(target.indexOf(':') + 1);
            throw new IllegalArgumentException(
                    "found a port alone; write tcp://127.0.0.1:" + port + " for this port, tcp://0.0.0.0:" + port
                            + " for this port on all addresses, or tcp: for a free port");
        }
        if (target.equals("localhost")) {
            throw new IllegalArgumentException("found a host alone; write tcp://localhost:0 for a free port, or"
                    + " tcp://localhost:8080 for a fixed one");
        }
    }

    private static boolean isWord(String target) {
        return !target.contains(":") && !target.contains("/") && !target.contains(".");
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
            throw new IllegalArgumentException("port \"" + digits + "\" is not a "
                    + (digits.matches("-?[0-9]+") ? "port" : "number") + "; 0 to 65535 is allowed, 0 for a free one");
        }
        builder.port(Integer.parseInt(digits));
    }

    private static void options(ServerSpecBuilder builder, String query) {
        Set<String> names = new HashSet<>();
        for (String option : query.split("&")) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("found the option \"" + option + "\" without a value; known are "
                        + String.join(", ", ServerOption.names(ServerOption.IN_URL)));
            }
            String name = option.substring(0, equals);
            if (!names.add(name)) {
                throw new IllegalArgumentException("found the option \"" + name + "\" twice; each has one value");
            }
            option(builder, name, UrlOptions.decode(option.substring(equals + 1)));
        }
    }

    private static void option(ServerSpecBuilder builder, String name, String value) {
        ServerOption.find(ServerOption.IN_URL, name)
                .orElseThrow(() -> unknown(name))
                .set(builder, value);
    }

    private static IllegalArgumentException unknown(String name) {
        String reason = UnsupportedUrlOptions.reason(name);
        return new IllegalArgumentException(
                reason == null
                        ? "unknown option \"" + name + "\"; "
                                + KnownWords.hint(name, ServerOption.names(ServerOption.IN_URL))
                        : name + " " + reason);
    }

    public static String format(ServerSpec spec) {
        ServerSpec defaults = ServerSpec.builder(spec.transport()).build();
        StringJoiner options = new StringJoiner("&", "?", "").setEmptyValue("");
        for (ServerOption option : ServerOption.IN_URL) {
            option.inUrl(spec, defaults).ifPresent(options::add);
        }
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
