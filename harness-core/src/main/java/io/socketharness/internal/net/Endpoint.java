package io.socketharness.internal.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The address of a server, as clients use it. A part that the transport does not have is refused with the reason. */
public interface Endpoint {

    /** The address in messages, transport included, such as {@code tcp://0.0.0.0:41233}. */
    String title();

    URI uri();

    SocketAddress socketAddress();

    /** The variables for scripts. */
    Map<String, String> variables();

    String host();

    int port();

    InetSocketAddress address();

    Path path();
}
