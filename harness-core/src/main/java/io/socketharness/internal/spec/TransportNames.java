package io.socketharness.internal.spec;

import io.socketharness.Transport;
import io.socketharness.internal.KnownWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names of transports in URLs and annotations. */
public final class TransportNames {

    private static final Map<String, Transport> NAMES = names();

    private TransportNames() {}

    private static Map<String, Transport> names() {
        Map<String, Transport> names = new LinkedHashMap<>();
        for (Transport transport : Transport.values()) {
            names.put(transport.toString(), transport);
        }
        for (String name : List.of("ssl", "tlsv1.3", "tlsv1.2", "tlsv1.1", "tlsv1.0")) {
            names.put(name, Transport.TLS);
        }
        return names;
    }

    /** The transport of that name, in upper or lower case. */
    static Optional<Transport> find(String name) {
        return Optional.ofNullable(NAMES.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The transport of that name; an unknown one is an {@link IllegalArgumentException} that lists the known ones. */
    public static Transport named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown transport \"" + name + "\"; " + hint(name)));
    }

    private static String hint(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> KnownWords.didYouMean("tcp");
            case "https", "wss" -> KnownWords.didYouMean("tls");
            default -> KnownWords.hint(name, NAMES.keySet());
        };
    }

    /** The TLS version in a transport's name, as the JDK names it. */
    public static Optional<String> protocol(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("tlsv")
                ? Optional.of(lower.equals("tlsv1.0") ? "TLSv1" : "TLSv" + lower.substring("tlsv".length()))
                : Optional.empty();
    }
}
