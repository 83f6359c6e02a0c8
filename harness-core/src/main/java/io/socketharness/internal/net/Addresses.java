package io.socketharness.internal.net;

import java.net.InetSocketAddress;

/** Socket addresses for people: without the host's name and the slash that Java shows. */
final class Addresses {

    private Addresses() {}

    static String format(InetSocketAddress address) {
        return Hosts.inUrl(host(address)) + ":" + address.getPort();
    }

    static String host(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }
}
