package io.socketharness.internal.datagram;

import io.socketharness.internal.net.Interrupts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fences: datagrams that a socket sends to itself. They wake the receiving thread. The system delivers datagrams in
 * order, so the thread that receives a fence has received everything before it.
 */
final class ReceiveBarrier {

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(5);
    /** A full buffer also drops fences. */
    private static final long AGAIN_AFTER = TimeUnit.MILLISECONDS.toNanos(50);

    private final DatagramSocket socket;
    private final InetSocketAddress self;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CountDownLatch> awaited = new ConcurrentHashMap<>();

    ReceiveBarrier(DatagramSocket socket, InetSocketAddress local) {
        this.socket = socket;
        InetAddress address = local.getAddress();
        this.self = new InetSocketAddress(
                address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, local.getPort());
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
        while (!done && !socket.isClosed() && System.nanoTime() < deadline) {
            send(number);
            done = Interrupts.await(received, AGAIN_AFTER);
        }
        awaited.remove(number);
    }

    private void send(long number) {
        byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        try {
            Interrupts.shield(() -> socket.send(new DatagramPacket(data, data.length, self)));
        } catch (IOException closed) {
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
