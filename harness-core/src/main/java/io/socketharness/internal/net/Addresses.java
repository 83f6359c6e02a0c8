package io.socketharness.internal.net;

import java.net.InetSocketAddress;

/** Readable socket addresses: without the host name and the slash that Java adds. */
final class Addresses {

    private Addresses() {}

    static String format(InetSocketAddress address) {
        return Hosts.inUrl(host(address)) + ":" + address.getPort();
    }

    static String host(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }
}
