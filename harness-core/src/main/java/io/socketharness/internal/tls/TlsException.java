package io.socketharness.internal.tls;

import io.socketharness.internal.recording.TlsFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** TLS that failed, in the handshake or afterwards; the message says why, in words that do not change with the JDK. */
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
     * Why it failed.
     *
     * @return what the message is made from
     */
    public TlsFailure failure() {
        return failure;
    }
}
