package io.socketharness.internal.datagram;

import io.socketharness.internal.net.Interrupts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Fences: datagrams that a socket sends to itself. They wake the receiving thread. The system delivers datagrams in
 * order, so the thread that receives a fence has received everything before it.
 */
final class ReceiveBarrier {

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(5);
    /** A full buffer also drops fences. */
    private static final long AGAIN_AFTER = TimeUnit.MILLISECONDS.toNanos(50);

    /** Sends a packet from the socket. */
    @FunctionalInterface
    interface Output {
        void send(DatagramPacket packet) throws IOException;
    }

    private final Output socket;
    private final BooleanSupplier closed;
    private final InetSocketAddress self;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CountDownLatch> awaited = new ConcurrentHashMap<>();

    ReceiveBarrier(Output socket, BooleanSupplier closed, InetSocketAddress local) {
        this.socket = socket;
        this.closed = closed;
        InetAddress address = local.getAddress();
        this.self = new InetSocketAddress(
                address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, local.getPort());
    }

    /** The address to which the socket sends its fences: its own, on this machine. */
    InetSocketAddress self() {
        return self;
    }

    /** Wakes the receiving thread. */
    void send() {
        send(last.incrementAndGet());
    }

    /** Waits until all pending datagrams have been received, for five seconds at most. */
    void await() {
        long number = last.incrementAndGet();
        CountDownLatch received = new CountDownLatch(1);
        awaited.put(number, received);
        long deadline = System.nanoTime() + LONGEST_WAIT;
        boolean done = false;
        while (!done && !closed.getAsBoolean() && System.nanoTime() < deadline) {
            send(number);
            done = Interrupts.await(received, AGAIN_AFTER);
        }
        awaited.remove(number);
    }

    private void send(long number) {
        byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        try {
            socket.send(new DatagramPacket(data, data.length, self));
        } catch (IOException notSent) {
            // nothing is received any more
        }
    }

    /** Whether a datagram is a fence: only fences come from the socket itself. Wakes the threads that wait for it. */
    boolean isOwn(ByteBuffer datagram, SocketAddress source) {
        if (!source.equals(self) || datagram.remaining() != Long.BYTES) {
            return false;
        }
        CountDownLatch received = awaited.get(datagram.getLong(0));
        if (received != null) {
            received.countDown();
        }
        return true;
    }

    /** Wakes all waiting threads: nothing is received any more. */
    void end() {
        awaited.values().forEach(CountDownLatch::countDown);
    }
}
