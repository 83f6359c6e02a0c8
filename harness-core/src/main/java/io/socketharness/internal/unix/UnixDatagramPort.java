package io.socketharness.internal.unix;

import io.socketharness.ServerSpec;
import io.socketharness.internal.ForeignText;
import io.socketharness.internal.datagram.DatagramPort;
import io.socketharness.internal.datagram.ReceiverTasks;
import io.socketharness.internal.net.Closing;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.spec.UnixOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.ConnectionRefusedSocketException;

/**
 * A Unix datagram socket, with junixsocket. Only the wait for a datagram blocks, in a selector: a send that waits for
 * the client to read could not be ended.
 */
public final class UnixDatagramPort implements DatagramPort {

    /** The JDK's form of an address without a name. */
    private static final SocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    private static final long LONGEST_DRAIN = TimeUnit.SECONDS.toNanos(5);
    /** Linux queues fewer (net.unix.max_dgram_qlen). */
    private static final int MOST_QUEUED = 8192;

    private static final int LARGEST_SPARE = 2 << 20;
    /** The buffer of a closed server, reused by the next one: creating it costs more than everything else. */
    private static final AtomicReference<@Nullable ByteBuffer> SPARE = new AtomicReference<>();

    /**
     * A thread that waits until all pending datagrams are received: until none is left, or as many as the system can
     * queue have passed.
     */
    private static final class Drain {
        final CountDownLatch done = new CountDownLatch(1);
        private int left = MOST_QUEUED;

        boolean passes() {
            if (--left == 0) {
                end();
            }
            return left == 0;
        }

        void end() {
            done.countDown();
        }
    }

    private final ServerSpec spec;
    private final Endpoint endpoint;
    private final @Nullable SocketFile file;
    private final Selector selector;
    private final UnixDatagramOutput output;
    private final ByteBuffer buffer;
    private final ReceiverTasks tasks = new ReceiverTasks();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Queue<Drain> drains = new ConcurrentLinkedQueue<>();
    private final List<Drain> earlierDrains = new ArrayList<>();
    /** Null while the server refuses clients. Only for the receiving thread. */
    private @Nullable AFUNIXDatagramChannel channel;

    private volatile boolean closed;

    public UnixDatagramPort(ServerSpec spec) throws IOException {
        // first: there may be no room for a large one, and nothing else must be left behind
        buffer = buffer(spec.messageLimit() + 1);
        this.spec = spec;
        UnixOptions options = UnixOptions.of(spec);
        // its bind sets the permissions itself
        file = options.isAbstract() ? null : new SocketFile(options, false);
        AFUNIXDatagramChannel bound = null;
        try {
            bound = bind();
            endpoint = file == null
                    ? new AbstractNameEndpoint(
                            spec.transport(), options.abstractName(), UnixNames.abstractName(options))
                    : new UnixEndpoint(spec.transport(), file.path());
            selector = bound.provider().openSelector();
            bound.register(selector, SelectionKey.OP_READ);
            output = new UnixDatagramOutput(bound);
            channel = bound;
        } catch (IOException | RuntimeException failed) {
            Closing.quietly(bound);
            if (file != null) {
                file.delete();
            }
            throw failed;
        }
    }

    private AFUNIXDatagramChannel bind() throws IOException {
        AFUNIXDatagramChannel bound;
        if (file != null) {
            bound = file.publish(at -> bind(AFUNIXSocketAddress.of(at)));
        } else {
            try {
                bound = bind(UnixNames.abstractName(UnixOptions.of(spec)));
            } catch (IOException failed) {
                throw UnixNames.taken(failed);
            }
        }
        try {
            bound.configureBlocking(false);
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw failed;
        }
    }

    private static AFUNIXDatagramChannel bind(AFUNIXSocketAddress address) throws IOException {
        AFUNIXDatagramChannel bound = AFUNIXDatagramChannel.open();
        try {
            bound.setDeleteOnClose(false);
            bound.bind(address);
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw failed;
        }
    }

    private static ByteBuffer buffer(int size) {
        ByteBuffer spare = SPARE.getAndSet(null);
        return spare != null && spare.capacity() == size ? spare : ByteBuffer.allocateDirect(size);
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public @Nullable SocketAddress receive(int millis) throws IOException {
        try {
            while (!closed) {
                tasks.runAll();
                earlierDrains.removeIf(Drain::passes);
                for (Drain next = drains.poll(); next != null; next = drains.poll()) {
                    earlierDrains.add(next);
                }
                AFUNIXDatagramChannel from = channel;
                AFUNIXSocketAddress source = from == null ? null : from.receive(buffer.clear());
                if (from != null && buffer.position() > 0) {
                    buffer.flip();
                    return source == null ? UNNAMED : name(source);
                }
                // an empty datagram looks like no datagram
                if (selector.selectNow() == 0) {
                    earlierDrains.forEach(Drain::end);
                    earlierDrains.clear();
                    if (woken.getAndSet(false)) {
                        return null;
                    }
                    selector.select();
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException closedNow) {
            // as below
        }
        throw new ClosedChannelException();
    }

    private static SocketAddress name(AFUNIXSocketAddress source) throws IOException {
        byte[] name = source.getPathAsBytes();
        if (name.length == 0 || name[0] != 0) {
            return path(source, name);
        }
        int length = name.length;
        while (length > 1 && name[length - 1] == 0) {
            length--;
        }
        return AFUNIXSocketAddress.of(Arrays.copyOf(name, length));
    }

    /** A path is bytes: those that this JVM's charset cannot decode are kept, so that the server can answer. */
    private static SocketAddress path(AFUNIXSocketAddress source, byte[] bytes) throws IOException {
        try {
            String path = source.getPath();
            if (Arrays.equals(path.getBytes(AFUNIXSocketAddress.addressCharset()), bytes)) {
                return UnixDomainSocketAddress.of(path);
            }
        } catch (InvalidPathException unmappable) {
            // as below
        }
        return AFUNIXSocketAddress.of(bytes);
    }

    @Override
    public ByteBuffer datagram() {
        return buffer;
    }

    @Override
    public RemoteClient client(SocketAddress source) {
        if (source.equals(UNNAMED)) {
            return new RemoteClient(null, "unnamed sockets", null, Map.of());
        }
        String name = source instanceof AFUNIXSocketAddress other
                ? UnixNames.name(other)
                : ForeignText.shown(source.toString());
        return new RemoteClient(source, name, null, Map.of());
    }

    @Override
    public void send(ByteBuffer datagram, SocketAddress to) throws IOException {
        if (to.equals(UNNAMED)) {
            throw new UnsupportedOperationException("the client's socket has no name, and the server cannot answer"
                    + " it; bind the client's socket to its own path");
        }
        AFUNIXSocketAddress address = to instanceof UnixDomainSocketAddress path
                ? AFUNIXSocketAddress.of(path.getPath())
                : (AFUNIXSocketAddress) to;
        Interrupts.shield(() -> output.send(datagram, address));
    }

    @Override
    public boolean isClientGone(IOException failed, SocketAddress to) {
        return failed instanceof ConnectionRefusedSocketException
                || to instanceof UnixDomainSocketAddress path && !Files.exists(path.getPath());
    }

    @Override
    public boolean mayLackRoom() {
        return true;
    }

    @Override
    public void wake() {
        // junixsocket counts wake-ups, and would block on too many
        if (!woken.getAndSet(true)) {
            selector.wakeup();
        }
    }

    @Override
    public void drain() {
        Drain drain = new Drain();
        drains.add(drain);
        wake();
        if (closed) {
            return;
        }
        Interrupts.await(drain.done, LONGEST_DRAIN);
    }

    /** The file stays: the system refuses datagrams to the file of a closed socket. */
    @Override
    public void refuse() throws IOException {
        tasks.run(
                () -> {
                    AFUNIXDatagramChannel bound = channel;
                    if (bound != null) {
                        output.suspend();
                        unbind(bound);
                        channel = null;
                    }
                },
                this::wake);
    }

    private void unbind(AFUNIXDatagramChannel bound) throws IOException {
        SelectionKey key = bound.keyFor(selector);
        if (key != null) {
            key.cancel();
        }
        selector.selectNow();
        bound.close();
    }

    @Override
    public void listen() throws IOException {
        tasks.run(
                () -> {
                    if (channel == null) {
                        channel = listening();
                    }
                },
                this::wake);
    }

    private AFUNIXDatagramChannel listening() throws IOException {
        AFUNIXDatagramChannel bound = bind();
        try {
            output.open(bound);
            bound.register(selector, SelectionKey.OP_READ);
            return bound;
        } catch (IOException failed) {
            output.suspend();
            bound.close();
            throw failed;
        }
    }

    @Override
    public String lost() {
        return file == null ? "; an abstract name is free while the server refuses clients" : "";
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        woken.set(false);
        wake();
    }

    @Override
    public void release() {
        closed = true;
        tasks.end();
        try {
            if (file != null) {
                file.delete();
            }
            Closing.quietly(selector);
            output.close();
        } catch (IOException gone) {
            // as expected
        }
        Closing.quietly(channel);
        earlierDrains.forEach(Drain::end);
        drains.forEach(Drain::end);
        if (buffer.capacity() <= LARGEST_SPARE) {
            SPARE.set(buffer);
        }
    }
}
