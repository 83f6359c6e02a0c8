package io.socketharness.internal.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

public record InetEndpoint(String transport, InetSocketAddress bound, String host) implements Endpoint {

    /** The endpoint of a server that was specified with {@code host}. */
    public static InetEndpoint of(String transport, String host, InetSocketAddress bound) {
        return new InetEndpoint(transport, bound, Hosts.reachable(host, bound.getAddress()));
    }

    @Override
    public String title() {
        return transport + "://" + Addresses.format(bound);
    }

    @Override
    public URI uri() {
        return URI.create(transport + "://" + Hosts.inUrl(host).replace("%", "%25") + ":" + port());
    }

    @Override
    public SocketAddress socketAddress() {
        return address();
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("host", host, "port", String.valueOf(port()), "address", Hosts.inUrl(host) + ":" + port());
    }

    @Override
    public int port() {
        return bound.getPort();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port());
    }

    @Override
    public Path path() {
        throw new UnsupportedOperationException(title() + " has a host and a port, not a path: use address()");
    }
}
