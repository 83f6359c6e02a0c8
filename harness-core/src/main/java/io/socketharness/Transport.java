package io.socketharness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a server speaks over, by the names that URLs have. */
public enum Transport {
    /** A stream over TCP: {@code tcp}. */
    TCP(false),
    /** Datagrams over UDP: {@code udp}. */
    UDP(true),
    /**
     * TLS over TCP: {@code tls} or {@code ssl}. The handshake comes first; scripts, recordings and assertions speak of
     * what goes through it in clear.
     */
    TLS(false),
    /** DTLS (RFC 6347) over UDP: {@code dtls}. The handshake comes first, as over TLS. */
    DTLS(true),
    /** A stream over a Unix socket, see unix(7): {@code unix}. */
    UNIX(false),
    /** Datagrams over a Unix socket, see unix(7): {@code udg}. They need junixsocket, as the JDK has none. */
    UNIX_DATAGRAM(true);

    private static final Map<String, Transport> NAMES = names();

    private final boolean datagrams;

    Transport(boolean datagrams) {
        this.datagrams = datagrams;
    }

    /**
     * Finds a transport by its name. {@code ssl} is another one for TLS, and so are {@code tlsv1.3}, {@code tlsv1.2} and so
     * on, which {@link ServerSpec#parse} takes for the only version that is spoken.
     *
     * @param name such as {@code tcp}, in upper or lower case
     * @return the transport
     * @throws IllegalArgumentException if there is none of that name; the message names those there are
     */
    public static Transport named(String name) {
        Transport transport = NAMES.get(name.toLowerCase(Locale.ROOT));
        if (transport == null) {
            throw new IllegalArgumentException(
                    "unknown transport \"" + name + "\"; known are " + String.join(", ", NAMES.keySet()));
        }
        return transport;
    }

    private static Map<String, Transport> names() {
        Map<String, Transport> names = new LinkedHashMap<>();
        for (Transport transport : values()) {
            names.put(transport.toString(), transport);
        }
        for (String name : List.of("ssl", "tlsv1.3", "tlsv1.2", "tlsv1.1", "tlsv1.0")) {
            names.put(name, TLS);
        }
        return names;
    }

    /** Whether there is a transport of that name. */
    static boolean isName(String name) {
        return NAMES.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a name is that of a transport of Unix sockets. */
    static boolean isUnix(String name) {
        Transport transport = NAMES.get(name.toLowerCase(Locale.ROOT));
        return transport != null && transport.isUnix();
    }

    /** The version of TLS that a transport's name asks for, as the JDK names it. */
    static Optional<String> protocol(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("tlsv")
                ? Optional.of(lower.equals("tlsv1.0") ? "TLSv1" : "TLSv" + lower.substring("tlsv".length()))
                : Optional.empty();
    }

    /**
     * Tells whether it carries datagrams.
     *
     * @return false for a stream
     */
    public boolean isDatagrams() {
        return datagrams;
    }

    /**
     * Tells whether TLS is spoken from the first byte.
     *
     * @return whether a handshake comes first
     */
    public boolean isSecure() {
        return this == TLS || this == DTLS;
    }

    /**
     * Tells whether its servers have a path, or an abstract name, in place of a host and a port.
     *
     * @return true for {@link #UNIX} and {@link #UNIX_DATAGRAM}
     */
    public boolean isUnix() {
        return this == UNIX || this == UNIX_DATAGRAM;
    }

    /** The name that URLs have. */
    @Override
    public String toString() {
        return this == UNIX_DATAGRAM ? "udg" : name().toLowerCase(Locale.ROOT);
    }
}
