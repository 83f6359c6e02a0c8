package io.socketharness.internal.spec;

import io.socketharness.Transport;
import io.socketharness.internal.KnownWords;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.Hosts;
import io.socketharness.tls.ServerTls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Properties with the address of a server for the code under test, such as <code>mail.smtp.port=${port}</code>;
 * checked, each name once.
 *
 * @param lines as written
 */
public record PropertyTemplates(List<String> lines) {

    public static final PropertyTemplates NONE = new PropertyTemplates(List.of());

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");

    /** The variables of templates. */
    private static final List<String> VARIABLES = List.of("host", "port", "address", "path", "uri", "caPemFile");

    public PropertyTemplates {
        lines = List.copyOf(lines);
        Map<String, String> byName = new LinkedHashMap<>();
        for (String line : lines) {
            String name = name(line);
            if (byName.put(name, line) != null) {
                throw new IllegalArgumentException("properties: found \"" + name + "\" twice; each has one value");
            }
        }
    }

    private static String name(String line) {
        int equals = line.indexOf('=');
        if (equals < 0 || line.substring(0, equals).isBlank()) {
            throw new IllegalArgumentException("properties: found \"" + line
                    + "\"; a name, = and a value are allowed, such as mail.smtp.port=${port}");
        }
        return line.substring(0, equals).strip();
    }

    private static String template(String line) {
        return line.substring(line.indexOf('=') + 1).stripLeading();
    }

    /** Checks that the servers of a transport have all variables. */
    public void check(Transport transport) {
        for (String line : lines) {
            for (MatchResult found : REFERENCE.matcher(template(line)).results().toList()) {
                String wrong = found.group(1) == null ? "" : complaint(transport, found);
                if (!wrong.isEmpty()) {
                    throw new IllegalArgumentException(
                            "properties: " + name(line) + ": " + wrong + " $${ is a plain ${");
                }
            }
        }
    }

    /** The mistake in a reference, up to a semicolon or question mark; empty if there is none. */
    private static String complaint(Transport transport, MatchResult reference) {
        String name = reference.group(1);
        if (reference.group(2).isEmpty()) {
            return "found " + reference.group() + " without its };";
        }
        boolean isKnown = VARIABLES.contains(name);
        String reason = isKnown ? refusal(transport, name) : "unknown variable ${" + name + "}";
        if (reason.isEmpty()) {
            return "";
        }
        List<String> known = new ArrayList<>(VARIABLES);
        known.removeIf(other -> !refusal(transport, other).isEmpty());
        Optional<String> near = isKnown ? Optional.empty() : KnownWords.nearest(name, known);
        if (near.isPresent()) {
            return reason + "; " + KnownWords.didYouMean("${" + near.get() + "}");
        }
        return reason + "; known over " + transport + " are " + String.join(", ", known) + ";";
    }

    /** Why servers of a transport do not have the variable; empty if they have it. */
    private static String refusal(Transport transport, String variable) {
        String over = "${" + variable + "}: over " + transport;
        return switch (variable) {
            case "host", "port", "address" ->
                transport.isUnix() ? over + " a server has a path, not a host and a port" : "";
            case "path" -> transport.isUnix() ? "" : over + " a server has a host and a port, not a path";
            case "caPemFile" ->
                transport.isDatagrams() && !transport.isSecure()
                        ? "${" + variable + "}: TLS is not available over " + transport
                        : "";
            default -> "";
        };
    }

    /** The values for a server, in the order of the lines. */
    public Map<String, String> values(Endpoint endpoint, ServerTls tls) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            String value = REFERENCE
                    .matcher(template(line))
                    .replaceAll(found -> Matcher.quoteReplacement(
                            found.group(1) == null ? "${" : value(found.group(1), endpoint, tls)));
            values.put(name(line), value);
        }
        return values;
    }

    private static String value(String variable, Endpoint endpoint, ServerTls tls) {
        return switch (variable) {
            case "host" -> endpoint.host();
            case "port" -> String.valueOf(endpoint.port());
            case "address" -> Hosts.inUrl(endpoint.host()) + ":" + endpoint.port();
            case "path" -> endpoint.variables().getOrDefault("path", "");
            case "uri" -> endpoint.uri().toString();
            case "caPemFile" -> tls.caPemFile().toString();
            default -> throw new IllegalStateException("unchecked variable ${" + variable + "}");
        };
    }
}
