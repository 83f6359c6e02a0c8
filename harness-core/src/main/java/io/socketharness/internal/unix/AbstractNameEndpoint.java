package io.socketharness.internal.unix;

import io.socketharness.Transport;
import io.socketharness.internal.net.Endpoint;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The abstract name of a Unix socket, see unix(7); written with @ instead of NUL. */
record AbstractNameEndpoint(Transport transport, String name, SocketAddress socketAddress) implements Endpoint {

    @Override
    public String title() {
        return transport + ":@" + name;
    }

    @Override
    public URI uri() {
        return URI.create(transport + ":@"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("path", "@" + name);
    }

    @Override
    public String host() {
        throw none("host");
    }

    @Override
    public int port() {
        throw none("port");
    }

    @Override
    public InetSocketAddress address() {
        throw none("host and a port");
    }

    @Override
    public Path path() {
        throw none("path");
    }

    private UnsupportedOperationException none(String what) {
        return new UnsupportedOperationException(
                title() + " has an abstract name, not a " + what + ": use uri() or socketAddress()");
    }
}
