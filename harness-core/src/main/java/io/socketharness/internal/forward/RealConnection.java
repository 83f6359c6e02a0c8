package io.socketharness.internal.forward;

import io.socketharness.internal.Durations;
import io.socketharness.internal.net.JunixsocketLibrary;
import io.socketharness.internal.tls.TlsClient;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Handshake;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** A connection to the real server at an address, with TLS if the address or the dialogue asks for it. */
final class RealConnection {

    private final RealServerAddress address;
    private final RealServer server;
    private final Duration limit;
    private String description = "";

    private RealConnection(RealServerAddress address, RealServer server, Duration limit) {
        this.address = address;
        this.server = server;
        this.limit = limit;
    }

    /** Connects for the client of an exchange; each wait is limited. */
    static RealConnection open(RealServerAddress address, Exchange client, Duration limit) throws IOException {
        if (address.transport() == RealTransport.UDG) {
            JunixsocketLibrary.require("Unix datagrams", false);
            return new RealConnection(address, RealUnixDatagrams.connect(address), limit);
        }
        if (address.transport().isDatagrams()) {
            return new RealConnection(address, RealDatagrams.connect(address), limit);
        }
        RealConnection opened = new RealConnection(address, RealStream.connect(address, limit), limit);
        try {
            if (address.transport() == RealTransport.TLS) {
                opened.startTls(client);
            }
            return opened;
        } catch (IOException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    /** Establishes TLS, and offers the application protocol that the client has negotiated. */
    void startTls(Exchange client) throws IOException {
        String host = address.host();
        SSLContext context = ServerTrust.context(address.trust());
        SSLEngine engine = host.isEmpty() ? context.createSSLEngine() : context.createSSLEngine(host, address.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (!address.trust().equals("any") && !host.isEmpty()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        client.handshake()
                .flatMap(Handshake::applicationProtocol)
                .ifPresent(protocol -> parameters.setApplicationProtocols(new String[] {protocol}));
        engine.setSSLParameters(parameters);
        TlsClient tls = ((RealStream) server).startTls(engine, limit);
        description = " (" + tls.engine().getSession().getProtocol() + ")";
    }

    RealServerAddress address() {
        return address;
    }

    RealServer server() {
        return server;
    }

    /** The version of TLS in brackets; empty without TLS. */
    String description() {
        return description;
    }

    void reset() {
        server.reset();
    }

    void close() {
        server.close();
    }

    /** Why an established connection has ended. */
    static String reasonOfEnd(IOException failed, Duration limit) {
        return failed instanceof SSLException ? "TLS failed: " + failed.getMessage() : reason(failed, limit);
    }

    /** Why something failed, and what to do if that helps. */
    static String reason(IOException failed, Duration limit) {
        if (failed instanceof SocketTimeoutException) {
            return failed.getMessage() + " within " + Durations.format(limit);
        }
        if (failed instanceof UnknownHostException) {
            return "unknown host";
        }
        if (failed instanceof PortUnreachableException) {
            return "no server at this port (ICMP \"port unreachable\")";
        }
        if (failed instanceof SSLException) {
            return untrusted(failed)
                    ? "its certificate is not trusted: " + Objects.requireNonNullElse(failed.getMessage(), "")
                            + "; add ?trust=FILE with the certificate of its authority in PEM, or ?trust=any"
                    : "the TLS handshake failed: " + failed.getMessage();
        }
        String message = failed.getMessage();
        return message == null ? failed instanceof ConnectException ? "refused" : failed.toString() : message;
    }

    private static boolean untrusted(IOException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
