package io.socketharness.internal.net;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes what is gone either way. */
public final class Closing {

    private Closing() {}

    public static void quietly(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException ignored) {
            // it is gone either way
        }
    }
}
