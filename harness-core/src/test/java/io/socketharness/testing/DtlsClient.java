package io.socketharness.testing;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that speaks DTLS with the JDK's engine. */
public final class DtlsClient implements AutoCloseable {

    private static final int LARGEST = 65_536;

    private final DatagramSocket socket;
    private final SSLEngine engine;
    private int sent;
    private int received;
    private IntPredicate loses = number -> false;
    private IntPredicate misses = number -> false;

    private DtlsClient(DatagramSocket socket, FakeServer server, SSLContext context) throws IOException {
        this.socket = socket;
        socket.connect(server.address());
        socket.setSoTimeout(500);
        engine = context.createSSLEngine(server.host(), server.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setMaximumPacketSize(1432);
        engine.setSSLParameters(parameters);
    }

    /** A client whose handshake is done. */
    public static DtlsClient connect(FakeServer server) throws IOException, GeneralSecurityException {
        return connect(server, number -> false);
    }

    /** What keeps the sessions of clients that trust the server. */
    public static SSLContext context(FakeServer server) throws GeneralSecurityException {
        X509TrustManager trust = server.tls().settings().authority().trustManager();
        SSLContext context = SSLContext.getInstance("DTLS");
        context.init(null, new TrustManager[] {trust}, null);
        return context;
    }

    /** A client whose handshake is done, and which may have resumed a session of the context. */
    public static DtlsClient connect(FakeServer server, SSLContext context) throws IOException {
        return new DtlsClient(new DatagramSocket(), server, context).connect(number -> false, number -> false);
    }

    /** A client some of whose datagrams of the handshake are lost, by their number from 0. */
    public static DtlsClient connect(FakeServer server, IntPredicate loses)
            throws IOException, GeneralSecurityException {
        return connect(server, loses, number -> false);
    }

    /** A client that some of the server's datagrams of the handshake do not reach, by their number from 0. */
    public static DtlsClient connectMissing(FakeServer server, IntPredicate misses)
            throws IOException, GeneralSecurityException {
        return connect(server, number -> false, misses);
    }

    /** A client that has sent a datagram before its handshake, from the same address. */
    public static DtlsClient connectAfter(FakeServer server, byte[] before)
            throws IOException, GeneralSecurityException {
        DtlsClient client = trusting(server);
        client.socket.send(new DatagramPacket(before, before.length));
        return client.connect(number -> false, number -> false);
    }

    private static DtlsClient connect(FakeServer server, IntPredicate loses, IntPredicate misses)
            throws IOException, GeneralSecurityException {
        return trusting(server).connect(loses, misses);
    }

    private static DtlsClient trusting(FakeServer server) throws IOException, GeneralSecurityException {
        return new DtlsClient(new DatagramSocket(), server, context(server));
    }

    private DtlsClient connect(IntPredicate losing, IntPredicate missing) throws IOException {
        loses = losing;
        misses = missing;
        try {
            handshake();
        } catch (SSLException refused) {
            wrap(ByteBuffer.allocate(0));
            throw refused;
        }
        loses = number -> false;
        misses = number -> false;
        socket.setSoTimeout(20_000);
        return this;
    }

    /** Limits each receive from now on. */
    public DtlsClient timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        long end = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < end) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_UNWRAP_AGAIN -> unwrap(ByteBuffer.allocate(0));
                case NEED_UNWRAP -> {
                    try {
                        receiveRecord();
                    } catch (SocketTimeoutException lost) {
                        wrap(ByteBuffer.allocate(0));
                    }
                }
                default -> {
                    return;
                }
            }
        }
        throw new SocketTimeoutException("the handshake took more than 20 s");
    }

    private void wrap(ByteBuffer data) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(LARGEST);
        engine.wrap(data, record);
        if (record.position() > 0 && !loses.test(sent++)) {
            socket.send(new DatagramPacket(record.array(), record.position()));
        }
    }

    private ByteBuffer receiveRecord() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        do {
            packet.setLength(LARGEST);
            socket.receive(packet);
        } while (misses.test(received++) && !isTicket(packet));
        ByteBuffer in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        ByteBuffer clear = unwrap(in);
        while (in.hasRemaining()
                && clear.position() == 0
                && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
            clear = unwrap(in);
        }
        return clear.flip();
    }

    /** A NewSessionTicket: the JDK's client takes one that is lost for a broken handshake, whoever the server is. */
    private static boolean isTicket(DatagramPacket packet) {
        return packet.getData()[0] == 22 && packet.getData()[13] == 4;
    }

    private ByteBuffer unwrap(ByteBuffer in) throws IOException {
        ByteBuffer clear = ByteBuffer.allocate(LARGEST);
        engine.unwrap(in, clear);
        return clear;
    }

    /** Another session from the same address, which may resume one of the context. */
    public DtlsClient again(FakeServer server, SSLContext context) throws IOException {
        return new DtlsClient(socket, server, context).connect(number -> false, number -> false);
    }

    /** Whether no datagram waits to be received. */
    public boolean hasNothing() throws IOException {
        socket.setSoTimeout(1);
        try {
            socket.receive(new DatagramPacket(new byte[LARGEST], LARGEST));
            return false;
        } catch (SocketTimeoutException nothing) {
            return true;
        } finally {
            socket.setSoTimeout(20_000);
        }
    }

    /** How many datagrams the server has sent it. */
    public int received() {
        return received;
    }

    public DtlsClient send(String text) throws IOException {
        wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    public String receive() throws IOException {
        ByteBuffer clear = receiveRecord();
        while (!clear.hasRemaining() && !engine.isInboundDone()) {
            clear = receiveRecord();
        }
        return StandardCharsets.UTF_8.decode(clear).toString();
    }

    /** Sends a close_notify. */
    @Override
    public void close() throws IOException {
        engine.closeOutbound();
        wrap(ByteBuffer.allocate(0));
        socket.close();
    }

    /** Goes without a word. */
    public void vanish() {
        socket.close();
    }
}
