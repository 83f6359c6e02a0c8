package io.socketharness;

import io.socketharness.internal.spec.TransportNames;
import java.util.Locale;

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
        return TransportNames.named(name);
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
