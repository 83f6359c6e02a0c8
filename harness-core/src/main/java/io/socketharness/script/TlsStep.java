package io.socketharness.script;

import java.util.Optional;

/** A step about the handshake of TLS. */
interface TlsStep extends Step {

    @Override
    default Optional<String> streamOnly() {
        return Optional.of("TLS in the middle of a conversation is for streams");
    }
}
