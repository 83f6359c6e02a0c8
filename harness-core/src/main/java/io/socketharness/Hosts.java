package io.socketharness;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Hosts as they stand in URLs and specifications. */
final class Hosts {

    private Hosts() {}

    static String check(String host) {
        if (host.isEmpty() || host.startsWith("[") || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '?')) {
            throw new IllegalArgumentException(
                    "host \"" + host
                            + "\" is none; a name or an address without brackets is allowed, such as localhost, 127.0.0.1 or ::1");
        }
        return host;
    }

    /** The address a host stands for; its family is the one the server binds. */
    static InetAddress resolve(String host) throws UnknownHostException {
        return InetAddress.getByName(host);
    }

    /** The host as a URL has it: IPv6 in brackets. */
    static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** What a client on this machine says to reach a server bound to {@code host}. */
    static String reachable(String host, InetAddress bound) {
        return !bound.isAnyLocalAddress() ? host : bound instanceof Inet6Address ? "::1" : "127.0.0.1";
    }
}
