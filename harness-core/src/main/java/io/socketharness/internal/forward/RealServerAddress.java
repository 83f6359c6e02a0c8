package io.socketharness.internal.forward;

import io.socketharness.internal.KnownWords;
import io.socketharness.internal.net.Hosts;
import io.socketharness.internal.net.UrlOptions;
import io.socketharness.internal.script.text.Template;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a real server.
 *
 * @param transport how to connect
 * @param host a name, or an address without brackets; empty with a path
 * @param port 0 with a path
 * @param path of a Unix socket; empty with a host
 * @param trust {@code any}, {@code system} or the path of a PEM file; empty for the default
 */
record RealServerAddress(RealTransport transport, String host, int port, String path, String trust) {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z]+):(.*)", Pattern.DOTALL);
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("//(\\[[^\\[\\]/]+\\]|[^\\[\\]:/\\s]+):([0-9]{1,5})/?");
    private static final String FORMS =
            "tcp://localhost:6379, tls://host:443, unix:///run/server.sock, udp://localhost:53 or udg:///run/log.sock";

    /** Reads the transport of a template, which is literal. */
    static RealTransport transport(String template) {
        Matcher scheme = SCHEME.matcher(template);
        if (!scheme.matches()) {
            throw malformed(template);
        }
        String name = scheme.group(1).toLowerCase(Locale.ROOT);
        if (name.equals("dtls")) {
            throw new IllegalArgumentException(
                    "a real server that speaks DTLS is not supported; only the client's side can use DTLS");
        }
        if (!RealTransport.NAMES.contains(name)) {
            throw new IllegalArgumentException("unknown transport \"" + scheme.group(1) + "\" of a real server; "
                    + (scheme.group(2).matches("[0-9]{1,5}")
                            ? "write tcp://" + template
                            : KnownWords.hint(name, RealTransport.NAMES)));
        }
        return RealTransport.named(name);
    }

    /** Checks a template as far as it is literal. */
    static void check(Template template, String text) {
        transport(text);
        if (template.variables().isEmpty()) {
            parse(text(template));
        }
    }

    /** The text of a template without variables. */
    static String text(Template template) {
        return new String(template.constant(StandardCharsets.UTF_8).orElseThrow(), StandardCharsets.UTF_8);
    }

    static RealServerAddress parse(String url) {
        RealTransport transport = transport(url);
        String rest = url.substring(url.indexOf(':') + 1);
        int question = rest.indexOf('?');
        String target = question < 0 ? rest : rest.substring(0, question);
        String trust = question < 0 ? "" : trust(rest.substring(question + 1));
        return transport.isUnix() ? unix(url, transport, target, trust) : inet(url, transport, target, trust);
    }

    private static RealServerAddress unix(String url, RealTransport transport, String target, String trust) {
        String path = target.startsWith("//") ? target.substring(2) : target;
        if (path.startsWith("@")) {
            throw new IllegalArgumentException("found the abstract name \"" + path
                    + "\"; a real server on a Unix socket needs a path, such as unix:///run/server.sock");
        }
        if (!path.startsWith("/")) {
            throw malformed(url);
        }
        return new RealServerAddress(transport, "", 0, file(checkPath(path)), trust);
    }

    private static RealServerAddress inet(String url, RealTransport transport, String target, String trust) {
        Matcher address = HOST_AND_PORT.matcher(target);
        if (!address.matches()) {
            throw malformed(url);
        }
        int port = Integer.parseInt(address.group(2));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "port " + port + " of the real server is out of range; 1 to 65535 is allowed");
        }
        String host = address.group(1);
        return new RealServerAddress(
                transport,
                Hosts.check(host.startsWith("[") ? host.substring(1, host.length() - 1) : host),
                port,
                "",
                trust);
    }

    private static String trust(String query) {
        if (!query.startsWith("trust=") || query.indexOf('&') >= 0) {
            throw new IllegalArgumentException(
                    "found the option \"" + query
                            + "\" of a real server; allowed is trust=any, trust=system or trust=FILE with a certificate in PEM");
        }
        String value = UrlOptions.decode(query.substring("trust=".length()));
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "trust of a real server is empty; any, system or the path of a PEM file is allowed");
        }
        return checkPath(value);
    }

    /** The path as it is written, or, if there is no such file, with its escapes decoded, as in a URI. */
    private static String file(String path) {
        if (path.indexOf('%') < 0 || Files.exists(Path.of(path))) {
            return path;
        }
        try {
            return checkPath(UrlOptions.decode(path.replace("+", "%2B")));
        } catch (IllegalArgumentException literal) {
            return path;
        }
    }

    private static String checkPath(String path) {
        try {
            return Path.of(path).toString();
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException(
                    "the path in the address of a real server is not valid: " + wrong.getReason());
        }
    }

    private static IllegalArgumentException malformed(String url) {
        return new IllegalArgumentException(
                "found \"" + url + "\" where the address of a real server is needed, such as " + FORMS);
    }

    /** Whether it is the address of the server whose connections have these variables. */
    boolean isThatOf(Map<String, Object> server) {
        return transport.isUnix()
                ? path.equals(server.get("path"))
                : String.valueOf(port).equals(server.get("port")) && reaches(String.valueOf(server.get("host")));
    }

    private boolean reaches(String other) {
        try {
            Set<InetAddress> own = Set.of(InetAddress.getAllByName(other));
            return Arrays.stream(InetAddress.getAllByName(host))
                    // a connection to the wildcard address reaches this machine
                    .anyMatch(one -> own.contains(one)
                            || one.isAnyLocalAddress() && own.stream().anyMatch(InetAddress::isLoopbackAddress));
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** The address without options. */
    @Override
    public String toString() {
        return transport + "://" + (transport.isUnix() ? path : Hosts.inUrl(host) + ":" + port);
    }
}
