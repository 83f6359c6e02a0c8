package io.socketharness.internal.capture;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The packets of a conversation by datagrams. */
final class UdpFlow implements Flow {

    /** The longest datagram in a packet of both versions. */
    private static final int MOST_DATA = 65_507;

    private final IpPackets fromClient;
    private final IpPackets fromServer;
    private final List<Captured> packets = new ArrayList<>();
    /** The recording keeps no more datagrams. */
    private boolean limited;

    UdpFlow(InetSocketAddress client, InetSocketAddress server) {
        fromClient = new IpPackets(client, server);
        fromServer = new IpPackets(server, client);
    }

    @Override
    public List<Captured> packets() {
        return packets;
    }

    @Override
    public int mostData() {
        // a datagram has one packet, however long it is
        return Integer.MAX_VALUE;
    }

    @Override
    public List<Captured> add(Event event) {
        return switch (event.kind()) {
            case RECEIVED -> add(event, fromClient);
            case SENT -> add(event, fromServer);
            case LIMIT_REACHED -> {
                limited = true;
                yield List.of();
            }
            default -> List.of();
        };
    }

    private List<Captured> add(Event event, IpPackets from) {
        if (limited) {
            return List.of();
        }
        Bytes data = event.bytes();
        Bytes shown = data.slice(0, Math.min(MOST_DATA, data.size()));
        Captured packet = new Captured(event.at().toNanos(), Bytes.of(from.udp(shown.toByteArray())));
        if (shown.size() < data.size()) {
            packet.comments().add("a datagram of " + data.size() + " bytes; the first " + MOST_DATA + " are shown");
        }
        packets.add(packet);
        return List.of(packet);
    }
}
