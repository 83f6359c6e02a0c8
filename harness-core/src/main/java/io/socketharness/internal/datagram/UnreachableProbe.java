package io.socketharness.internal.datagram;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether the system answers datagrams to a port with ICMP "port unreachable". It sends more than one
 * datagram: a thread that is still sending keeps a closed socket alive for a moment, and that socket takes the first.
 */
final class UnreachableProbe implements Closeable {

    /** How long the first answer may take on this machine. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

    private static final int AGAIN_AFTER_MILLIS = 20;

    private final DatagramSocket socket;

    UnreachableProbe() throws IOException {
        this(new DatagramSocket());
    }

    UnreachableProbe(DatagramSocket socket) {
        this.socket = socket;
    }

    /** Waits two seconds at most. */
    boolean isUnreachable(SocketAddress port) throws IOException {
        socket.connect(port);
        socket.setSoTimeout(AGAIN_AFTER_MILLIS);
        long deadline = System.nanoTime() + LONGEST;
        do {
            try {
                socket.send(new DatagramPacket(new byte[1], 1));
                socket.receive(new DatagramPacket(new byte[1], 1));
                return false;
            } catch (PortUnreachableException refused) {
                return true;
            } catch (SocketTimeoutException lost) {
                // the next one
            }
        } while (System.nanoTime() < deadline);
        return false;
    }

    @Override
    public void close() {
        socket.close();
    }
}
