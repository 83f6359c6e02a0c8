package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates {@link Bytes} that share an array. The class {@code Bytes} registers the factory when it is initialized. */
public final class SharedBytes {

    /** Creates a value from a part of an array. */
    @FunctionalInterface
    public interface Wrap {
        Bytes wrap(byte[] bytes, int from, int size);
    }

    private static volatile @Nullable Wrap registered;

    private SharedBytes() {}

    public static void register(Wrap wrap) {
        registered = wrap;
    }

    /** Shares a part of {@code bytes}, which must not change any more. */
    static Bytes of(byte[] bytes, int from, int size) {
        Wrap wrap = registered;
        if (wrap == null) {
            // initializes the class
            Bytes.of();
            wrap = registered;
        }
        return Objects.requireNonNull(wrap).wrap(bytes, from, size);
    }
}
