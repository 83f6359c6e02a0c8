package io.socketharness.internal.unix;

import io.socketharness.Transport;
import io.socketharness.internal.net.Endpoint;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** The path of a Unix socket. */
record UnixEndpoint(Transport transport, Path path) implements Endpoint {

    @Override
    public String title() {
        return transport + "://" + path;
    }

    @Override
    public URI uri() {
        return URI.create(transport + "://" + path.toUri().getRawPath());
    }

    @Override
    public SocketAddress socketAddress() {
        return UnixDomainSocketAddress.of(path);
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("path", path.toString());
    }

    @Override
    public String host() {
        throw noPort();
    }

    @Override
    public int port() {
        throw noPort();
    }

    @Override
    public InetSocketAddress address() {
        throw noPort();
    }

    private UnsupportedOperationException noPort() {
        return new UnsupportedOperationException(
                title() + " has a path, not a host and a port: use path() or socketAddress()");
    }
}
