package io.socketharness.internal.stream;

import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.internal.tls.TlsException;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.ServerClosed;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A stream socket below a connection. The channel does not block; whoever waits selects, and any thread may take in what
 * the system holds, so that a judge can look at all that has come. Where several wait, one selects and wakes the others.
 */
final class StreamTransport implements TransportChannel {

    /** How long a close takes in what still comes: a RST for unread bytes could overtake what was sent. */
    static final Duration LINGER = Duration.ofMillis(200);

    private static final int ROOM = 1 << 20;
    private static final int BUFFER = 16 * 1024;
    /** With that many reads of a full buffer each, all is read that the system can hold. */
    private static final int MOST_READS = 2048;
    /** In place of the buffer when nothing is read any more. */
    private static final ByteBuffer NO_BUFFER = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    /** What is closed at the end, the channel with it. */
    private final Closeable bytes;

    private final ExchangeRecorder recorder;
    private final StreamTls tls;
    private final boolean canReset;
    private final StreamTlsSteps tlsSteps;
    private final StreamSelectors selectors;
    private final ReentrantLock selecting = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicInteger waiting = new AtomicInteger();
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private volatile boolean clientEnded;
    private volatile boolean outputClosed;
    private volatile boolean stopped;
    private volatile boolean wanted;
    private volatile boolean unlimited;
    private volatile boolean released;
    /** The system has refused to send: the client has gone, and what it sent before is still to be read. */
    private volatile boolean refused;

    private volatile boolean sendBlocked;
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Released as its client has ended, not by a script or a test. */
    private volatile boolean abandoned;
    /** The last read took all there was: selecting before the next saves one that finds nothing. */
    private volatile boolean emptied;

    StreamTransport(
            SocketChannel channel, ByteChannel bytes, ExchangeRecorder recorder, StreamTls tls, boolean canReset) {
        this.canReset = canReset;
        this.channel = channel;
        this.bytes = bytes;
        this.recorder = recorder;
        this.tls = tls;
        this.selectors = new StreamSelectors(channel);
        this.tlsSteps = new StreamTlsSteps(this, tls, recorder, bytes);
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

    boolean until(BooleanSupplier done, long deadline) {
        while (true) {
            if (stopped) {
                throw new ServerClosed();
            }
            if (done.getAsBoolean()) {
                return true;
            }
            boolean late = left(deadline) < 0;
            if (late || Thread.currentThread().isInterrupted()) {
                // what has come by now is in time, however late this thread is, and needs no wait
                Interrupts.defer(this::takeInAll);
                if (done.getAsBoolean()) {
                    return true;
                }
                if (late) {
                    return false;
                }
                Interrupts.check();
            }
            if (left(tls.deadline()) < 0 && !takeIn()) {
                change(tls::timeOut);
            }
            if (!mayRead() || emptied || !takeIn()) {
                long soonest = Math.min(deadline, tls.deadline());
                await(done, soonest, patience(soonest));
            }
        }
    }

    /** How long it is until a deadline: 0 for one that is never, less if it has passed. */
    private static long left(long deadline) {
        if (deadline == Long.MAX_VALUE) {
            return 0;
        }
        long left = deadline - System.nanoTime();
        return left == 0 ? -1 : left;
    }

    /** How long to wait, where 0 is for ever: a deadline that has passed meanwhile is none of those. */
    private static long patience(long deadline) {
        long left = left(deadline);
        return left < 0 ? 1 : left;
    }

    private void await(BooleanSupplier done, long deadline, long left) {
        beginWait();
        try {
            awaitChange(done, deadline, left);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void beginWait() {
        waiting.incrementAndGet();
        recorder.changed();
    }

    private void awaitChange(BooleanSupplier done, long deadline, long left) {
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
        int interest = tls.wantsToWrite() ? SelectionKey.OP_WRITE : mayRead() ? SelectionKey.OP_READ : 0;
        selectors.await(interest, left, () -> stopped || done.getAsBoolean());
        emptied = false;
    }

    private boolean mayRead() {
        return !isInputDone()
                && channel.isOpen()
                && !tls.isUndecided()
                && (wanted || unlimited || recorder.unread() < ROOM);
    }

    /** A handshake that begins when the client has ended may have its hello already, or fails. */
    boolean isInputDone() {
        return clientEnded && !tls.isUnderWay();
    }

    /** Reads once without waiting; false if nothing was there. */
    boolean takeIn() {
        reading.lock();
        try {
            if (isInputDone() || !channel.isOpen() || tls.isUndecided()) {
                return false;
            }
            if (tls.isUnderWay()) {
                return tls.advance();
            }
            buffer.clear();
            int count = tls.stream().read(buffer);
            emptied = buffer.hasRemaining() && !tls.hasMore();
            if (tls.hasFailed()) {
                clientEnded = count < 0;
            } else if (count > 0) {
                recorder.received(buffer.flip());
            } else if (count < 0 && refused) {
                // the refused write took the error that a read would have got
                ended();
            } else if (count < 0) {
                clientEnded = true;
                recorder.event(Event.Kind.HALF_CLOSED_BY_CLIENT, tls.end());
            }
            return count != 0;
        } catch (ClosedChannelException closed) {
            return false;
        } catch (TlsException broken) {
            tls.broken(broken);
            return true;
        } catch (IOException reset) {
            ended();
            return true;
        } finally {
            reading.unlock();
        }
    }

    /** Takes in all that the system holds now, as far as there is room; not what a client sends meanwhile without end. */
    void takeInAll() {
        int reads = 0;
        while (reads < MOST_READS && mayRead() && takeIn()) {
            reads++;
        }
        if (reads > 0) {
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
        selectors.wakeReader();
    }

    /** The same, those too who wait for no input, as the channel is closed. */
    void wakeAll() {
        wake();
        recorder.changed();
    }

    @Override
    public void send(ByteBuffer data, long deadline) {
        if (!tls.isClear()) {
            tlsSteps.await(deadline);
            tls.lack().ifPresent(reason -> {
                throw new ClientGone(reason);
            });
        }
        while (data.hasRemaining() || tls.hasPending()) {
            if (stopped) {
                throw new ServerClosed();
            }
            if (abandoned) {
                recorder.event(Event.Kind.NOT_SENT, data.remaining() + " bytes not sent: the client has gone");
                throw new ClientGone(data.remaining() + " bytes could not be sent: the client has gone");
            }
            int before = data.remaining();
            try {
                if (data.hasRemaining()) {
                    recorder.send(data, tls.stream()::write);
                } else {
                    int unused = tls.stream().write(data);
                }
                if (tls.hasPending() || data.hasRemaining() && data.remaining() == before) {
                    awaitWritable(deadline, before);
                }
            } catch (IOException gone) {
                if (stopped) {
                    throw new ServerClosed();
                }
                // a channel may be closed by that
                Interrupts.check();
                if (outputClosed || released) {
                    throw new OutputClosed(
                            "the server has closed its side of the connection; nothing can be sent any more", gone);
                }
                recorder.event(Event.Kind.NOT_SENT, before + " bytes not sent: " + gone.getMessage());
                refused = canReset && !(gone instanceof TlsException);
                takeInAll();
                throw new ClientGone(
                        before + " bytes could not be sent: the client has gone (" + gone.getMessage() + ")");
            }
        }
    }

    private void awaitWritable(long deadline, int remaining) throws IOException {
        long left = left(deadline);
        if (left < 0) {
            throw new DeadlineExceeded("the client did not read in time; " + remaining + " bytes are not sent");
        }
        Interrupts.check();
        sendBlocked = true;
        beginWait();
        try {
            selectors.awaitWritable(left, () -> stopped || outputClosed);
        } finally {
            sendBlocked = false;
            waiting.decrementAndGet();
        }
    }

    @Override
    public boolean isSendBlocked() {
        return sendBlocked;
    }

    @Override
    public boolean isWaiting() {
        return waiting.get() > 0;
    }

    @Override
    public void halfClose() {
        if (outputClosed || !channel.isOpen()) {
            return;
        }
        tlsSteps.awaitUnderWay();
        outputClosed = true;
        quietly(() -> recorder.during(Event.Kind.HALF_CLOSED_BY_SERVER, "", this::shutdownOutput));
        selectors.wakeWriter();
    }

    /** Sends a FIN without the close_notify that TLS asks for. */
    void truncate() {
        if (outputClosed || !channel.isOpen()) {
            return;
        }
        outputClosed = true;
        String words = Event.Kind.HALF_CLOSED_BY_SERVER + ", without a close_notify";
        quietly(() -> recorder.during(Event.Kind.HALF_CLOSED_BY_SERVER, words, channel::shutdownOutput));
        selectors.wakeWriter();
    }

    @Override
    public Optional<String> lackOfTls() {
        return tls.lack();
    }

    @Override
    public TlsTransport tls() {
        return tlsSteps;
    }

    @Override
    public void awaitTls() {
        if (tls.isUnderWay()) {
            drain(this::isTlsSettled);
            awaitReader();
        }
    }

    /** Whether nothing is to be waited for before bytes go in clear or through TLS, or the server has ended the connection. */
    boolean isTlsSettled() {
        return tls.isSettled() || recorder.has(Event.Kind.CLOSED) || recorder.has(Event.Kind.RESET_BY_SERVER);
    }

    /** Begins TLS on a server that speaks it from the first byte. */
    void secure() {
        if (tls.isUndecided()) {
            change(() -> tls.begin(0, false));
        }
    }

    /** Waits for a thread that reads. */
    void awaitReader() {
        reading.lock();
        try {
            // what it has changed is recorded now
        } finally {
            reading.unlock();
        }
    }

    /** Changes how the stream is read, while nobody reads it, and wakes those who wait. */
    void change(Runnable action) {
        reading.lock();
        try {
            action.run();
            emptied = false;
        } finally {
            reading.unlock();
        }
        wake();
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        if (closing.getAndSet(true)) {
            awaitClose();
            return;
        }
        boolean wasClosed = outputClosed;
        outputClosed = true;
        quietly(() -> recorder.during(Event.Kind.CLOSED, "", () -> {
            if (!wasClosed && !clientEndedByReset()) {
                shutdownOutput();
            }
        }));
        try {
            unlimited = true;
            boolean unused = until(() -> clientEnded, System.nanoTime() + LINGER.toNanos());
        } catch (CancellationException interrupted) {
            // it is closed at once then, and the thread stays interrupted
        } finally {
            release();
        }
    }

    /** Waits until another thread has closed the connection. */
    private void awaitClose() {
        long deadline = System.nanoTime() + LINGER.toNanos();
        try {
            boolean unused = recorder.await(() -> recorder.has(Event.Kind.CLOSED) || !channel.isOpen(), deadline);
        } catch (CancellationException interrupted) {
            // the other thread closes it all the same
        }
    }

    /** Sends a close_notify where TLS is spoken, then a FIN. */
    private void shutdownOutput() throws IOException {
        tls.halfClose();
        SocketChannel unused = channel.shutdownOutput();
    }

    private boolean clientEndedByReset() {
        return recorder.has(Event.Kind.RESET_BY_CLIENT);
    }

    @Override
    public void requireReset() {
        if (!canReset) {
            throw new UnsupportedOperationException("Unix sockets have no RST; close() ends the connection");
        }
    }

    @Override
    public void reset() {
        requireReset();
        if (!channel.isOpen()) {
            return;
        }
        outputClosed = true;
        quietly(() -> recorder.during(Event.Kind.RESET_BY_SERVER, "", () -> {
            SocketChannel unused = channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            closeChannel();
        }));
        discardBuffers();
    }

    /** Ends all waits; the channel is still there. */
    void stop() {
        stopped = true;
        selectors.wakeReader();
        selectors.wakeWriter();
        recorder.changed();
    }

    /** Gives back what waiting takes, as the client has ended; after its RST the channel too. */
    void rest() {
        if (!channel.isOpen()) {
            return;
        }
        if (clientEndedByReset()) {
            abandon();
        } else {
            selectors.rest();
        }
    }

    /** Lets go of a connection that nobody has claimed: whoever claims it now finds what was recorded, and no client. */
    void abandon() {
        if (channel.isOpen()) {
            abandoned = true;
            end();
        }
    }

    /** Closes the channel, with a FIN where nothing is unread. It lives until its selectors have let it go. */
    void release() {
        closeChannel();
        discardBuffers();
    }

    private void closeChannel() {
        released = true;
        try {
            selectors.close();
        } finally {
            quietly(bytes::close);
            recorder.released();
        }
    }

    /** A connection that has ended costs its recording alone. Waits for who reads, so that the recording's lock is not held. */
    private void discardBuffers() {
        reading.lock();
        try {
            buffer = NO_BUFFER;
            tls.release();
        } finally {
            reading.unlock();
        }
    }

    /** Closes the channel at the server's end: what came is read first, so that the client sees a FIN. */
    void end() {
        if (!channel.isOpen()) {
            return;
        }
        if (!outputClosed && !clientEndedByReset()) {
            outputClosed = true;
            quietly(() -> recorder.during(Event.Kind.CLOSED, "", this::shutdownOutput));
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
