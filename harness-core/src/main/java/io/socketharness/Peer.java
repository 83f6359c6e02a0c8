package io.socketharness;

import io.socketharness.recording.PeerCredentials;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client: its address if it has one, what people call it, and what scripts may say of it. */
record Peer(
        @Nullable SocketAddress address,
        String name,
        @Nullable PeerCredentials credentials,
        Map<String, String> variables) {

    static Peer inet(InetSocketAddress address) {
        return new Peer(
                address, Addresses.format(address), null, Map.of("client.port", String.valueOf(address.getPort())));
    }
}
