package io.socketharness.internal.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Where a server is, as its clients are told: what the transport has none of is refused with the reason. */
public interface Endpoint {

    /** The address in messages, transport included, such as {@code tcp://0.0.0.0:41233}. */
    String title();

    URI uri();

    SocketAddress socketAddress();

    /** What scripts may say of it. */
    Map<String, String> variables();

    String host();

    int port();

    InetSocketAddress address();

    Path path();
}
