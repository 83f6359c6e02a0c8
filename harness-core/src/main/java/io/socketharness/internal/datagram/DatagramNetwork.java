package io.socketharness.internal.datagram;

import io.socketharness.internal.network.Link;
import io.socketharness.internal.network.Packet;
import io.socketharness.internal.network.Pipe;
import io.socketharness.internal.network.SimulatedNetwork;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.NetworkEffects;
import io.socketharness.recording.Event;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The datagrams of a conversation behind a simulated network. */
final class DatagramNetwork {

    /** The system does not report when the client has made room. */
    private static final long UNTIL_ROOM = 1_000_000;

    /** Beyond this number of bytes on their way, datagrams are lost. */
    private static final long ROOM = 64 << 20;

    private record Destination(DatagramPort from, SocketAddress to, NetworkEffects.Data data) {}

    private record Origin(SocketAddress source, DatagramWire.Arrival arrival, NetworkEffects.Data data) {}

    private final DatagramListener listener;
    private final ExchangeRecorder recorder;
    private final Link link;

    DatagramNetwork(SimulatedNetwork network, DatagramListener listener, ExchangeRecorder recorder) {
        this.listener = listener;
        this.recorder = recorder;
        this.link = network.connect(
                recorder.exchange().index(),
                false,
                new Outlet("sent") {
                    @Override
                    public void deliver(Packet packet) {
                        send(packet, ByteBuffer.wrap(packet.data()));
                    }

                    @Override
                    NetworkEffects.Data data(Packet packet) {
                        return destination(packet).data();
                    }
                },
                new Outlet("received") {
                    @Override
                    public void deliver(Packet packet) {
                        arrive(packet);
                    }

                    @Override
                    NetworkEffects.Data data(Packet packet) {
                        return origin(packet).data();
                    }
                },
                recorder::network);
    }

    private abstract class Outlet implements Pipe.Outlet {

        private final String verb;

        Outlet(String verb) {
            this.verb = verb;
        }

        abstract NetworkEffects.Data data(Packet packet);

        @Override
        public void copies(Packet packet, int more) {
            data(packet).copies(more);
        }

        @Override
        public void note(Packet packet, String what) {
            int size = packet.size();
            recorder.network(
                    "datagram " + packet.number() + " " + verb + ", " + size + (size == 1 ? " byte" : " bytes") + " ("
                            + what + ")",
                    data(packet));
            // a connection whose first datagram is lost is visible too
            recorder.publish();
        }
    }

    Link link() {
        return link;
    }

    void send(ByteBuffer datagram, DatagramPort from, SocketAddress to) {
        if (link.toClient().onTheirWay() + datagram.remaining() <= ROOM) {
            link.send(
                    copy(datagram), new Destination(from, to, recorder.effects().sending()));
        } else {
            noteFull(datagram);
        }
        datagram.position(datagram.limit());
    }

    void received(ByteBuffer datagram, SocketAddress source, DatagramWire.Arrival arrival) {
        if (link.toServer().onTheirWay() + datagram.remaining() <= ROOM) {
            link.receive(
                    copy(datagram),
                    new Origin(source, arrival, recorder.effects().receiving()));
        } else {
            noteFull(datagram);
        }
    }

    private void noteFull(ByteBuffer datagram) {
        recorder.network(
                "a datagram of " + datagram.remaining() + " bytes (lost: " + ROOM + " bytes are on their way)");
    }

    private static Destination destination(Packet packet) {
        return (Destination) Objects.requireNonNull(packet.context());
    }

    private static Origin origin(Packet packet) {
        return (Origin) Objects.requireNonNull(packet.context());
    }

    private static byte[] copy(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        return bytes;
    }

    private void send(Packet packet, ByteBuffer datagram) {
        Destination destination = destination(packet);
        boolean empty = packet.size() == 0;
        if (!destination.from().isClosed()) {
            try {
                destination.from().send(datagram, destination.to());
                if (datagram.hasRemaining() && !empty) {
                    link.toClient().later(System.nanoTime() + UNTIL_ROOM, () -> send(packet, datagram));
                    return;
                }
            } catch (IOException notSent) {
                recorder.event(
                        Event.Kind.NOT_SENT,
                        "a datagram of " + packet.size() + " bytes not sent: " + notSent.getMessage());
            }
        }
        link.toClient().gone(packet);
    }

    private void arrive(Packet packet) {
        Origin origin = origin(packet);
        listener.arrived(() -> {
            recorder.effects().arrives(origin.data());
            origin.arrival().received(ByteBuffer.wrap(packet.data()), origin.source());
            link.toServer().gone(packet);
            recorder.changed();
        });
    }
}
