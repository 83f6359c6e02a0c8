package io.socketharness.internal.stream;

import io.socketharness.internal.network.End;
import io.socketharness.internal.network.Link;
import io.socketharness.internal.network.Packet;
import io.socketharness.internal.network.Pipe;
import io.socketharness.internal.network.SimulatedNetwork;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.NetworkEffects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream behind a simulated network. The network's thread reads what the client sends when it arrives, and writes what
 * the server sends when it is due, whatever the threads of the server do.
 */
final class StreamNetwork {

    /** The number of bytes in each direction that the network takes before it waits. */
    private static final int ROOM = 1 << 20;

    /** Learns that data or an end has arrived, that the server can write again or the client is gone, and who ends it. */
    interface Listener {

        void arrived();

        void writable();

        void cut(End end, String reason);
    }

    private final StreamWire wire;
    private final ExchangeRecorder recorder;
    private final Listener listener;
    private final Link link;

    // only for the network's thread
    private final Deque<Packet> leaving = new ArrayDeque<>();
    private int written;
    private boolean inputEnded;
    /** The system may hold more of what the client has sent. */
    private volatile boolean more;

    /** Waits until the system takes more. */
    private volatile boolean writing;

    private final ArrivedData arrived = new ArrivedData();

    /** Whether a thread waits for room, or until everything was handed to the system. */
    private volatile boolean awaited;

    private volatile boolean outputEnded;
    private volatile @Nullable IOException refused;
    private volatile boolean begun;
    private volatile boolean closed;
    private volatile boolean closesAfterOutput;

    StreamNetwork(SimulatedNetwork network, StreamWire wire, ExchangeRecorder recorder, Listener listener) {
        this.wire = wire;
        this.recorder = recorder;
        this.listener = listener;
        this.link = network.connect(
                recorder.exchange().index(),
                true,
                new Outlet("data to the client") {
                    @Override
                    void take(Packet packet) {
                        leave(packet);
                    }

                    @Override
                    Pipe pipe() {
                        return link.toClient();
                    }

                    @Override
                    public void settled() {
                        outputSettled();
                    }
                },
                new Outlet("data to the server") {
                    @Override
                    void take(Packet packet) {
                        arrive(packet);
                    }

                    @Override
                    Pipe pipe() {
                        return link.toServer();
                    }

                    @Override
                    public void settled() {
                        await();
                    }

                    @Override
                    public void changed() {
                        await();
                    }
                },
                recorder::network);
    }

    /** Begins to read, when no other thread reads any more and the first conditions have effect. */
    void begin() {
        begun = true;
        link.thread().execute(this::await);
    }

    /** Passes on the packets of a stream in its order, whichever conditions they have passed. */
    private abstract class Outlet implements Pipe.Outlet {

        private final Sequence order = new Sequence();
        /** The data, in the dialogue. */
        private final String name;
        /** What a condition cuts off is missing in the order: data that follows is dropped. */
        private boolean ended;

        Outlet(String name) {
            this.name = name;
        }

        @Override
        public void deliver(Packet packet) {
            order.add(packet);
            for (Packet next = next(); next != null; next = next()) {
                if (ended) {
                    pipe().gone(next);
                } else {
                    ended = next.end() != null;
                    take(next);
                }
            }
        }

        private @Nullable Packet next() {
            return ended ? order.pollAny() : order.poll();
        }

        @Override
        public void note(Packet packet, String what) {
            recorder.network(name + " (" + what + ")", data(packet));
        }

        abstract void take(Packet packet);

        abstract Pipe pipe();
    }

    Link link() {
        return link;
    }

    int read(ByteBuffer into) throws IOException {
        int count = arrived.read(into);
        if (count <= 0) {
            return count;
        }
        if (link.toServer().leave(count) >= ROOM) {
            link.thread().execute(this::await);
        }
        return count;
    }

    int write(ByteBuffer data) throws IOException {
        requireOutput();
        int room = (int) (ROOM - link.toClient().onTheirWay());
        int count = Math.min(room, data.remaining());
        if (count <= 0) {
            return 0;
        }
        byte[] bytes = new byte[count];
        data.get(bytes);
        link.send(bytes, recorder.effects().sending());
        return count;
    }

    private void requireOutput() throws IOException {
        IOException reason = refused;
        if (reason != null) {
            throw new IOException(reason.getMessage(), reason);
        }
        if (outputEnded || closed) {
            throw new IOException("the output is closed");
        }
    }

    /** Whether a write would take something, or fail. */
    boolean isWritable() {
        awaited = true;
        return refused != null || closed || link.toClient().onTheirWay() < ROOM;
    }

    boolean hasInput() {
        return arrived.isReady();
    }

    /** Whether what the server has sent waits until the client reads. */
    boolean waitsForClient() {
        return writing;
    }

    /** The number of bytes of the client that a condition holds back. */
    long heldInput() {
        return link.toServer().heldBytes();
    }

    /** Has the network's thread read what the system holds. */
    void drainSystem() {
        link.thread().execute(this::ready);
    }

    void shutdownOutput() throws IOException {
        requireOutput();
        outputEnded = true;
        link.endOutput();
    }

    /** Whether everything that the server has sent was handed to the system, except for data that a condition holds. */
    boolean isFlushed() {
        awaited = true;
        return refused != null || closed || link.toClient().isFlushed();
    }

    /** Whether nothing that the server has sent is in the network any more. */
    boolean isOver() {
        return refused != null || closed || link.toClient().isEmpty();
    }

    /** Closes the channel as soon as everything that the server has sent was handed to the system. */
    void closeAfterOutput() {
        closesAfterOutput = true;
        link.thread().execute(this::closeIfOver);
    }

    private void closeIfOver() {
        if (closesAfterOutput && isOver()) {
            StreamOutput.quietly(wire::close);
        }
    }

    /**
     * Whether something of the client will arrive.
     *
     * @param read whether the server reads what arrives
     */
    boolean hasInputOnItsWay(boolean read) {
        // in this order, which is the way of the data
        return !closed && (read && more || !link.toServer().isFlushed() || read && hasInput());
    }

    void closed() {
        closed = true;
        link.close();
        link.thread().forget(wire.channel());
    }

    private void await() {
        if (!begun || !wire.isOpen()) {
            return;
        }
        if (!link.toServer().reads()) {
            noMore();
        }
        boolean reads =
                !inputEnded && link.toServer().reads() && link.toServer().onTheirWay() < ROOM;
        int operations = (reads ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
        try {
            link.thread().await(wire.channel(), operations, this::ready);
        } catch (IOException gone) {
            fail(gone);
        }
    }

    private void ready() {
        SocketChannel channel = wire.channel();
        if (writing) {
            write();
        }
        if (begun && channel.isOpen() && !inputEnded && link.toServer().reads()) {
            if (link.toServer().onTheirWay() < ROOM) {
                readOnce();
            } else {
                more = true;
            }
        }
        await();
    }

    private void readOnce() {
        try {
            ByteBuffer buffer = link.thread().buffer();
            int count = wire.bytes().read(buffer);
            if (!buffer.hasRemaining()) {
                more = true;
            }
            if (count > 0) {
                byte[] bytes = new byte[count];
                buffer.flip().get(bytes);
                link.receive(bytes, recorder.effects().receiving());
            } else if (count < 0) {
                inputEnded = true;
                link.endInput(End.FIN);
            }
            if (count < buffer.capacity()) {
                noMore();
            }
        } catch (IOException reset) {
            inputEnded = true;
            if (wire.isOpen()) {
                link.endInput(End.RST);
            }
            noMore();
        }
    }

    private void noMore() {
        if (more) {
            more = false;
            recorder.changed();
        }
    }

    private static NetworkEffects.Data data(Packet packet) {
        return (NetworkEffects.Data) Objects.requireNonNull(packet.context());
    }

    private void arrive(Packet packet) {
        End end = packet.end();
        if (end == null) {
            recorder.effects().arrives(data(packet));
        } else if (end.isMade()) {
            // first: an end of input is no failure of the script
            listener.cut(end, String.valueOf(packet.cause()));
        }
        arrived.add(packet);
        link.toServer().arrived();
        listener.arrived();
        recorder.changed();
    }

    private void leave(Packet packet) {
        leaving.add(packet);
        if (!writing) {
            write();
            await();
        }
    }

    private void write() {
        writing = false;
        for (Packet next = leaving.peek(); next != null && !writing; next = leaving.peek()) {
            if (refused != null || closed || written(next)) {
                leaving.remove();
                link.toClient().gone(next);
                written = 0;
            } else {
                writing = true;
            }
        }
    }

    private void outputSettled() {
        closeIfOver();
        if (awaited) {
            awaited = false;
            listener.writable();
        }
    }

    /** Hands a packet to the system; false if that has no room for the rest. */
    private boolean written(Packet packet) {
        try {
            End end = packet.end();
            if (end == null) {
                ByteBuffer rest = ByteBuffer.wrap(packet.data()).position(written);
                wire.bytes().write(rest);
                written = rest.position();
                return !rest.hasRemaining();
            }
            if (end.isMade()) {
                // first: a send that fails now is no failure of the script
                listener.cut(end, String.valueOf(packet.cause()));
            }
            if (end != End.RESET) {
                outputEnded = true;
                wire.channel().shutdownOutput();
            }
        } catch (IOException gone) {
            fail(gone);
        }
        return true;
    }

    private void fail(IOException gone) {
        if (!closed && refused == null) {
            refused = gone;
            listener.writable();
        }
    }
}
