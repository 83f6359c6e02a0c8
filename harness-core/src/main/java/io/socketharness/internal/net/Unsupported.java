package io.socketharness.internal.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** This machine or JVM does not support such a server, whatever its address. */
public final class Unsupported extends IOException {

    private static final long serialVersionUID = 1;

    public Unsupported(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
