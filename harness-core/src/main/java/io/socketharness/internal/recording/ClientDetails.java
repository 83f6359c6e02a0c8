package io.socketharness.internal.recording;

import io.socketharness.recording.ClientCredentials;
import io.socketharness.recording.Handshake;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client of an exchange: address, name, credentials and TLS handshake. */
public final class ClientDetails {

    private final @Nullable SocketAddress address;
    private final String name;
    private volatile boolean truncated;
    private volatile @Nullable ClientCredentials credentials;
    private volatile @Nullable Handshake handshake;
    private volatile @Nullable TlsFailure tlsFailure;
    /** Empty if the session was resumed, or the reason is unknown. */
    private volatile String whyNotResumed = "";

    ClientDetails(@Nullable SocketAddress address, String name) {
        this.address = address;
        this.name = name;
    }

    Optional<SocketAddress> address() {
        return Optional.ofNullable(address);
    }

    String name() {
        return name;
    }

    /** Sets user and group as reported by the system. Call it before the exchange is published. */
    public void credentials(@Nullable ClientCredentials known) {
        credentials = known;
    }

    Optional<ClientCredentials> credentials() {
        return Optional.ofNullable(credentials);
    }

    void established(Handshake outcome) {
        handshake = outcome;
    }

    /** Sets the reason of a full handshake. Call it before the handshake is recorded. */
    public void notResumed(String why) {
        whyNotResumed = why;
    }

    /** Returns why the client made a full handshake, in words; empty if that is unknown. */
    public String whyNotResumed() {
        return whyNotResumed;
    }

    Optional<Handshake> handshake() {
        return Optional.ofNullable(handshake);
    }

    /** Notes whether the client ended TLS without a close_notify. Call it before the end is recorded. */
    public void truncated(boolean isSo) {
        truncated = isSo;
    }

    /** Returns whether the client ended TLS without a close_notify. */
    public boolean isTruncated() {
        return truncated;
    }

    void failed(TlsFailure failure) {
        tlsFailure = failure;
    }

    /** Returns the reason of the TLS failure, if TLS has failed. */
    public Optional<TlsFailure> tlsFailure() {
        return Optional.ofNullable(tlsFailure);
    }
}
