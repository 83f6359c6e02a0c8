package io.socketharness.internal.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** Hosts as written in URLs and specifications. */
public final class Hosts {

    private Hosts() {}

    public static String check(String host) {
        if (host.isEmpty() || host.startsWith("[") || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '?')) {
            throw new IllegalArgumentException("host \"" + host
                    + "\" is not valid; use a name, or an address without brackets, such as localhost,"
                    + " 127.0.0.1 or ::1");
        }
        return host;
    }

    /** Resolves a host. The server binds the family of the result, which this machine must support. */
    public static InetAddress resolve(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        if (address instanceof Inet6Address) {
            requireIpv6();
        }
        return address;
    }

    private static void requireIpv6() throws IOException {
        try {
            DatagramChannel.open(StandardProtocolFamily.INET6).close();
        } catch (UnsupportedOperationException none) {
            throw new Unsupported("this machine or JVM does not support IPv6", none);
        }
    }

    /** The host in a URL: IPv6 in brackets. */
    public static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The host with which a client on this machine reaches a server bound to {@code host}. */
    static String reachable(String host, InetAddress bound) {
        return !bound.isAnyLocalAddress() ? host : bound instanceof Inet6Address ? "::1" : "127.0.0.1";
    }
}
