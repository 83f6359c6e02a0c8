package io.socketharness.internal.net;

import io.socketharness.recording.ClientCredentials;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client: its address if it has one, its readable name, and the variables for scripts. */
public record RemoteClient(
        @Nullable SocketAddress address,
        String name,
        @Nullable ClientCredentials credentials,
        Map<String, String> variables) {

    public static RemoteClient inet(InetSocketAddress address) {
        return new RemoteClient(
                address, Addresses.format(address), null, Map.of("client.port", String.valueOf(address.getPort())));
    }
}
