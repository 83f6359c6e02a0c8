package io.socketharness.internal.net;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes channels that are no longer needed. */
public final class Closing {

    private Closing() {}

    public static void quietly(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException ignored) {
            // no longer needed
        }
    }
}
