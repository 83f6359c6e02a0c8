package io.socketharness;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** This machine, or this JVM, cannot have such a server, whatever its address. */
final class Unsupported extends IOException {

    private static final long serialVersionUID = 1;

    Unsupported(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
