package io.socketharness.internal.capture;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The packets of a stream, made up from its events: a handshake, the data, acknowledgements, and the ends as they were.
 */
final class TcpFlow implements Flow {

    private final Side client;
    private final Side server;
    private final List<Captured> packets = new ArrayList<>();
    /** The packets of the last event, without acknowledgements. */
    private final List<Captured> noted = new ArrayList<>();

    private boolean reset;
    /** The script is complete. */
    private boolean complete;

    /** One end of the connection. */
    private static final class Side {

        private final IpPackets packets;
        /** The next sequence number. */
        private long sequence;

        private boolean ended;

        Side(InetSocketAddress from, InetSocketAddress to) {
            packets = new IpPackets(from, to);
        }
    }

    TcpFlow(InetSocketAddress client, InetSocketAddress server) {
        this.client = new Side(client, server);
        this.server = new Side(server, client);
    }

    @Override
    public List<Captured> packets() {
        return packets;
    }

    @Override
    public int mostData() {
        return IpPackets.MOST_DATA;
    }

    @Override
    public List<Captured> add(Event event) {
        noted.clear();
        long at = event.at().toNanos();
        switch (event.kind()) {
            case OPENED -> open(at);
            case RECEIVED -> data(at, client, server, event.bytes().toByteArray());
            case SENT -> data(at, server, client, event.bytes().toByteArray());
            case HALF_CLOSED_BY_CLIENT -> {
                end(at, client, server);
                endIfComplete(at);
            }
            case COMPLETED -> {
                complete = true;
                endIfComplete(at);
            }
            case HALF_CLOSED_BY_SERVER, CLOSED -> end(at, server, client);
            case RESET_BY_CLIENT -> reset(at, client, server);
            case RESET_BY_SERVER -> reset(at, server, client);
            default -> {}
        }
        return List.copyOf(noted);
    }

    private void open(long at) {
        send(at, client, server, IpPackets.SYN, new byte[0]);
        client.sequence++;
        send(at, server, client, IpPackets.SYN | IpPackets.ACK, new byte[0]);
        server.sequence++;
        send(at, client, server, IpPackets.ACK, new byte[0]);
    }

    private void data(long at, Side from, Side to, byte[] data) {
        for (int start = 0; start < data.length; start += IpPackets.MOST_DATA) {
            byte[] part = Arrays.copyOfRange(data, start, Math.min(data.length, start + IpPackets.MOST_DATA));
            send(at, from, to, IpPackets.PSH | IpPackets.ACK, part);
            from.sequence += part.length;
            send(at, to, from, IpPackets.ACK, new byte[0]);
        }
    }

    private void end(long at, Side from, Side to) {
        if (from.ended || reset) {
            return;
        }
        from.ended = true;
        send(at, from, to, IpPackets.FIN | IpPackets.ACK, new byte[0]);
        from.sequence++;
        send(at, to, from, IpPackets.ACK, new byte[0]);
    }

    /** The server closes its side too, once the script is complete. */
    private void endIfComplete(long at) {
        if (complete && client.ended) {
            end(at, server, client);
        }
    }

    private void reset(long at, Side from, Side to) {
        if (!reset) {
            send(at, from, to, IpPackets.RST | IpPackets.ACK, new byte[0]);
            reset = true;
        }
    }

    private void send(long at, Side from, Side to, int flags, byte[] data) {
        long acknowledged = (flags & IpPackets.ACK) == 0 ? 0 : to.sequence;
        Captured packet = new Captured(at, Bytes.of(from.packets.tcp(from.sequence, acknowledged, flags, data)));
        packets.add(packet);
        if (flags != IpPackets.ACK) {
            noted.add(packet);
        }
    }
}
