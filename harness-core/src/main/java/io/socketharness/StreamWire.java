package io.socketharness;

import io.socketharness.recording.Event;
import io.socketharness.recording.ExchangeRecorder;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.ServerClosed;
import io.socketharness.script.Wire;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream socket below a connection. The channel does not block; whoever waits selects, and any thread may take in what
 * the system holds, so that a judge can look at all that has come. Where several wait, one selects and wakes the others.
 */
final class StreamWire implements Wire {

    /** How long a close takes in what still comes: a RST for unread bytes could overtake what was sent. */
    static final Duration LINGER = Duration.ofMillis(200);

    private static final int ROOM = 1 << 20;
    private static final int BUFFER = 16 * 1024;

    private final SocketChannel channel;
    private final ExchangeRecorder recorder;
    private final ReentrantLock selecting = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private volatile @Nullable Selector readSelector;
    private @Nullable SelectionKey readKey;
    private @Nullable Selector writeSelector;
    private volatile boolean clientEnded;
    private volatile boolean outputClosed;
    private volatile boolean stopped;
    private volatile boolean wanted;
    private volatile boolean unlimited;
    /** The last read took all there was: selecting before the next saves one that finds nothing. */
    private volatile boolean emptied;

    StreamWire(SocketChannel channel, ExchangeRecorder recorder) {
        this.channel = channel;
        this.recorder = recorder;
    }

    /** Lets all that comes in while nobody serves the connection: it is recorded, up to the recording's limit. */
    void unlimited(boolean on) {
        unlimited = on;
    }

    @Override
    public boolean awaitInput(long seen, long deadline) {
        wanted = true;
        try {
            return until(() -> recorder.arrived() > seen || recorder.inputEnded(), deadline);
        } finally {
            wanted = false;
        }
    }

    @Override
    public void pause(long deadline) {
        boolean unused = until(() -> false, deadline);
    }

    @Override
    public void awaitEnd() {
        drain(recorder::inputEnded);
    }

    /** Takes in what comes until {@code done}, which is tried at each change and {@link #wake}. */
    void drain(BooleanSupplier done) {
        boolean unused = until(done, Long.MAX_VALUE);
    }

    private boolean until(BooleanSupplier done, long deadline) {
        while (true) {
            if (stopped) {
                throw new ServerClosed();
            }
            if (done.getAsBoolean()) {
                return true;
            }
            long left = deadline == Long.MAX_VALUE ? 0 : deadline - System.nanoTime();
            if (deadline != Long.MAX_VALUE && left <= 0) {
                return false;
            }
            Interrupts.check();
            if (!mayRead() || emptied || !takeIn()) {
                await(done, deadline, left);
            }
        }
    }

    private void await(BooleanSupplier done, long deadline, long left) {
        if (!channel.isOpen()) {
            boolean unused = recorder.await(() -> stopped || done.getAsBoolean(), deadline);
        } else if (selecting.tryLock()) {
            try {
                select(done, left);
            } finally {
                selecting.unlock();
            }
            recorder.changed();
        } else {
            wake();
            boolean unused = recorder.await(() -> stopped || done.getAsBoolean() || !selecting.isLocked(), deadline);
        }
    }

    private void select(BooleanSupplier done, long left) {
        try {
            Selector selector = readSelector();
            SelectionKey key = readKey;
            int interest = mayRead() ? SelectionKey.OP_READ : 0;
            if (key == null) {
                readKey = channel.register(selector, interest);
            } else if (key.isValid() && key.interestOps() != interest) {
                key.interestOps(interest);
            }
            if (stopped || done.getAsBoolean()) {
                return;
            }
            int unused = selector.select(left == 0 ? 0 : Math.max(1, (left + 999_999) / 1_000_000));
            selector.selectedKeys().clear();
            emptied = false;
        } catch (ClosedSelectorException | ClosedChannelException closed) {
            // another thread has closed it; what that means is recorded next
        } catch (IOException broken) {
            throw new IllegalStateException("the system cannot select", broken);
        }
    }

    private Selector readSelector() throws IOException {
        Selector selector = readSelector;
        if (selector == null) {
            selector = Selector.open();
            readSelector = selector;
        }
        return selector;
    }

    private boolean mayRead() {
        return !clientEnded && channel.isOpen() && (wanted || unlimited || recorder.unread() < ROOM);
    }

    /** Reads once without waiting; false if nothing was there. */
    boolean takeIn() {
        reading.lock();
        try {
            if (clientEnded || !channel.isOpen()) {
                return false;
            }
            buffer.clear();
            int count = channel.read(buffer);
            emptied = buffer.hasRemaining();
            if (count > 0) {
                recorder.received(buffer.flip());
            } else if (count < 0) {
                clientEnded = true;
                recorder.event(Event.Kind.HALF_CLOSED_BY_CLIENT, "");
            }
            return count != 0;
        } catch (ClosedChannelException closed) {
            return false;
        } catch (IOException reset) {
            ended();
            return true;
        } finally {
            reading.unlock();
        }
    }

    /** Takes in all that the system holds, as far as there is room. */
    void takeInAll() {
        boolean some = false;
        while (mayRead() && takeIn()) {
            some = true;
        }
        if (some) {
            wake();
        }
    }

    private void ended() {
        if (!clientEnded) {
            clientEnded = true;
            recorder.event(Event.Kind.RESET_BY_CLIENT, "");
        }
    }

    /** Makes those who wait try their conditions again. */
    void wake() {
        Selector selector = readSelector;
        if (selector != null) {
            Selector unused = selector.wakeup();
        }
    }

    @Override
    public void send(ByteBuffer data, long deadline) {
        while (data.hasRemaining()) {
            if (stopped) {
                throw new ServerClosed();
            }
            int before = data.remaining();
            try {
                recorder.send(data, channel::write);
                if (data.hasRemaining() && data.remaining() == before) {
                    awaitWritable(deadline, before);
                }
            } catch (ClosedChannelException closed) {
                if (stopped) {
                    throw new ServerClosed();
                }
                throw new IllegalStateException(
                        "the server has closed its side of the connection; nothing can be sent any more", closed);
            } catch (IOException gone) {
                recorder.event(Event.Kind.NOT_SENT, data.remaining() + " bytes not sent: " + gone.getMessage());
                ended();
                throw new ClientGone(
                        data.remaining() + " bytes could not be sent: the client has gone (" + gone.getMessage() + ")");
            }
        }
    }

    private void awaitWritable(long deadline, int remaining) throws IOException {
        Selector selector = writeSelector;
        if (selector == null) {
            selector = Selector.open();
            writeSelector = selector;
            SelectionKey unused = channel.register(selector, SelectionKey.OP_WRITE);
        }
        long left = deadline == Long.MAX_VALUE ? 0 : deadline - System.nanoTime();
        if (deadline != Long.MAX_VALUE && left <= 0) {
            throw new DeadlineExceeded("the client did not read in time; " + remaining + " bytes are not sent");
        }
        try {
            if (!stopped) {
                int unused = selector.select(left == 0 ? 0 : Math.max(1, left / 1_000_000));
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException closed) {
            throw new ServerClosed();
        }
    }

    @Override
    public void closeOutput() {
        if (outputClosed || !channel.isOpen()) {
            return;
        }
        outputClosed = true;
        quietly(() -> recorder.during(Event.Kind.HALF_CLOSED_BY_SERVER, "", channel::shutdownOutput));
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        boolean wasClosed = outputClosed;
        outputClosed = true;
        quietly(() -> recorder.during(Event.Kind.CLOSED, "", () -> {
            if (!wasClosed && !clientEndedByReset()) {
                SocketChannel unused = channel.shutdownOutput();
            }
        }));
        try {
            unlimited = true;
            boolean unused = until(() -> clientEnded, System.nanoTime() + LINGER.toNanos());
        } finally {
            release();
        }
    }

    private boolean clientEndedByReset() {
        return recorder.has(Event.Kind.RESET_BY_CLIENT);
    }

    @Override
    public void reset() {
        if (!channel.isOpen()) {
            return;
        }
        outputClosed = true;
        quietly(() -> recorder.during(Event.Kind.RESET_BY_SERVER, "", () -> {
            SocketChannel unused = channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            release();
        }));
    }

    /** Ends all waits; the channel is still there. */
    void stop() {
        stopped = true;
        wake();
        Selector selector = writeSelector;
        if (selector != null) {
            Selector unused = selector.wakeup();
        }
    }

    /** Closes the channel, with a FIN where nothing is unread. It lives until its selectors have let it go. */
    void release() {
        Selector reader = readSelector;
        Selector writer = writeSelector;
        if (reader != null) {
            quietly(reader::close);
        }
        if (writer != null) {
            quietly(writer::close);
        }
        quietly(channel::close);
        recorder.released();
    }

    /** Closes the channel at the server's end: what came is read first, so that the client sees a FIN. */
    void end() {
        if (!channel.isOpen()) {
            return;
        }
        if (!outputClosed) {
            outputClosed = true;
            quietly(() -> recorder.during(Event.Kind.CLOSED, "", channel::shutdownOutput));
        }
        unlimited = true;
        for (int reads = 0; reads < 256 && takeIn(); reads++) {
            // the system's buffer is emptied
        }
        release();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    boolean clientEnded() {
        return clientEnded;
    }

    private static void quietly(ExchangeRecorder.IoAction action) {
        try {
            action.run();
        } catch (IOException alreadyGone) {
            // the client has closed or reset it, which the recording tells
        }
    }
}
