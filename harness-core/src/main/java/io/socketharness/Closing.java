package io.socketharness;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes what is gone either way. */
final class Closing {

    private Closing() {}

    static void quietly(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException ignored) {
            // it is gone either way
        }
    }
}
