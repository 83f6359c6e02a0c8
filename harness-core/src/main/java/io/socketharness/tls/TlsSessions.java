package io.socketharness.tls;

import org.jspecify.annotations.Nullable;

/**
 * The sessions that clients can resume. By default each server has sessions of its own: a client resumes them on later
 * connections to the same server, in TLS 1.3, TLS 1.2 and DTLS. {@link TlsSettings.Builder#sessions} sets something
 * else.
 *
 * <p>Servers with the same object of {@link #create()} share their sessions, as the ports of one real server do, and as a
 * server that starts again and keeps its sessions. The JDK keeps sessions together with the certificate, so these servers present the same certificate, and must have equal
 * settings:
 *
 * <pre>{@code
 * TlsSettings settings = TlsSettings.builder().sessions(TlsSessions.create()).build();
 * FakeServer control = FakeServer.start(ServerSpec.builder("tcp").tls(settings).build());
 * FakeServer data = FakeServer.start(ServerSpec.builder("tls").tls(settings).build());
 * }</pre>
 */
public final class TlsSessions {

    private static final TlsSessions NONE = new TlsSessions();

    /** What the servers share, from the start of the first one. */
    private @Nullable ServerIdentity shared;

    private TlsSessions() {}

    /**
     * Returns sessions for several servers.
     *
     * @return a new object without sessions; servers whose settings contain it share their sessions
     */
    public static TlsSessions create() {
        return new TlsSessions();
    }

    /**
     * Returns the sessions of a server that resumes none: each handshake is a full one. The server still issues sessions,
     * because the JDK has no option to turn that off, but it does not recognize them later.
     *
     * @return always the same object
     */
    public static TlsSessions none() {
        return NONE;
    }

    /** The identity of a server with these sessions; refuses a server that differs from the first one. */
    synchronized ServerIdentity identity(TlsSettings settings, String host) {
        if (this == NONE) {
            return new ServerIdentity(settings, host, false);
        }
        ServerIdentity first = shared;
        if (first == null) {
            first = new ServerIdentity(settings, host, true);
            shared = first;
        }
        first.requireSame(settings, host);
        return first;
    }

    /** Returns {@code none} or {@code shared}. */
    @Override
    public String toString() {
        return this == NONE ? "none" : "shared";
    }
}
