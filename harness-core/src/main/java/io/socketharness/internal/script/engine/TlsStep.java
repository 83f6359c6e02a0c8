package io.socketharness.internal.script.engine;

import java.util.Optional;

/** A step of the TLS handshake. */
public interface TlsStep extends Step {

    @Override
    default Optional<String> streamOnly() {
        return Optional.of("TLS can begin during a conversation only on streams");
    }
}
