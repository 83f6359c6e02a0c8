package io.socketharness.internal.forward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How to connect to a real server. */
enum RealTransport {
    TCP(false, false),
    TLS(false, false),
    UNIX(false, true),
    UDP(true, false),
    UDG(true, true);

    static final List<String> NAMES =
            Arrays.stream(values()).map(RealTransport::toString).toList();

    private final boolean datagrams;
    private final boolean unix;

    RealTransport(boolean datagrams, boolean unix) {
        this.datagrams = datagrams;
        this.unix = unix;
    }

    static RealTransport named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    boolean isDatagrams() {
        return datagrams;
    }

    boolean isUnix() {
        return unix;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
