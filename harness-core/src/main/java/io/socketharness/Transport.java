package io.socketharness;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a server speaks over, by the names that URLs have. */
public enum Transport {
    /** A stream over TCP: {@code tcp}. */
    TCP(false),
    /** Datagrams over UDP: {@code udp}. */
    UDP(true);

    private final boolean datagrams;

    Transport(boolean datagrams) {
        this.datagrams = datagrams;
    }

    /**
     * Finds a transport by its name.
     *
     * @param name such as {@code tcp}, in upper or lower case
     * @return the transport
     * @throws IllegalArgumentException if there is none of that name; the message names those there are
     */
    public static Transport named(String name) {
        for (Transport transport : values()) {
            if (transport.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return transport;
            }
        }
        throw new IllegalArgumentException("unknown transport \"" + name + "\"; known are "
                + Arrays.stream(values()).map(Transport::toString).collect(Collectors.joining(", ")));
    }

    /**
     * Tells whether it carries datagrams.
     *
     * @return false for a stream
     */
    public boolean isDatagrams() {
        return datagrams;
    }

    /** The name that URLs have. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
