package io.socketharness.internal.script.engine;

import java.util.Optional;

/** A step about the handshake of TLS. */
public interface TlsStep extends Step {

    @Override
    default Optional<String> streamOnly() {
        return Optional.of("TLS in the middle of a conversation is for streams");
    }
}
