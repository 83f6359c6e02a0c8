package io.socketharness.internal.tls;

import io.socketharness.internal.recording.TlsFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failure of TLS, during the handshake or later. The message does not depend on the JDK. */
public final class TlsException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient TlsFailure failure;

    TlsException(TlsFailure failure, @Nullable Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    TlsException(TlsFailure failure) {
        this(failure, null);
    }

    /**
     * The reason.
     *
     * @return the source of the message
     */
    public TlsFailure failure() {
        return failure;
    }
}
