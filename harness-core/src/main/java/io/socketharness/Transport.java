package io.socketharness;

import io.socketharness.internal.spec.TransportNames;
import java.util.Locale;

/** The transport of a server, named as in URLs. */
public enum Transport {
    /** A stream over TCP: {@code tcp}. */
    TCP(false),
    /** Datagrams over UDP: {@code udp}. */
    UDP(true),
    /**
     * TLS over TCP: {@code tls} or {@code ssl}. The handshake comes first. Scripts, recordings and assertions see the
     * decrypted data.
     */
    TLS(false),
    /**
     * DTLS (RFC 6347) over UDP: {@code dtls}. The handshake comes first. Scripts, recordings and assertions see the
     * decrypted data.
     */
    DTLS(true),
    /** A stream over a Unix socket, see unix(7): {@code unix}. */
    UNIX(false),
    /**
     * Datagrams over a Unix socket, see unix(7): {@code udg}. They require junixsocket, because the JDK does not
     * support them.
     */
    UNIX_DATAGRAM(true);

    private final boolean datagrams;

    Transport(boolean datagrams) {
        this.datagrams = datagrams;
    }

    /**
     * Finds a transport by its name. {@code ssl} and names with a version, such as {@code tlsv1.3} and {@code tlsv1.2},
     * also stand for TLS. {@link ServerSpec#parse} enables only the version in the name.
     *
     * @param name such as {@code tcp}, in upper or lower case
     * @return the transport
     * @throws IllegalArgumentException if no transport has that name; the message lists the known names
     */
    public static Transport named(String name) {
        return TransportNames.named(name);
    }

    /**
     * Returns whether the transport carries datagrams.
     *
     * @return false for a stream
     */
    public boolean isDatagrams() {
        return datagrams;
    }

    /**
     * Returns whether TLS or DTLS is used from the first byte.
     *
     * @return true for {@link #TLS} and {@link #DTLS}
     */
    public boolean isSecure() {
        return this == TLS || this == DTLS;
    }

    /**
     * Returns whether servers have a path or an abstract name instead of a host and a port.
     *
     * @return true for {@link #UNIX} and {@link #UNIX_DATAGRAM}
     */
    public boolean isUnix() {
        return this == UNIX || this == UNIX_DATAGRAM;
    }

    /** Returns the name used in URLs. */
    @Override
    public String toString() {
        return this == UNIX_DATAGRAM ? "udg" : name().toLowerCase(Locale.ROOT);
    }
}
