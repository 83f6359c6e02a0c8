package io.socketharness.internal.script.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Files that scripts send. */
public final class Resources {

    private Resources() {}

    /** Reads resources on the class path by their names, see {@link #read}. */
    public static Function<String, byte[]> of(@Nullable Class<?> anchor) {
        return name -> read(anchor, name);
    }

    /** Reads files by their paths, relative to the directory of a script. */
    public static Function<String, byte[]> beside(Path script) {
        return name -> {
            Path file = script.resolveSibling(name);
            try {
                return Files.readAllBytes(file);
            } catch (NoSuchFileException missing) {
                throw new IllegalArgumentException(
                        "file " + file + " not found; a path is relative to the directory of the script", missing);
            } catch (IOException unreadable) {
                throw new IllegalArgumentException("cannot read the file " + file + ": " + unreadable, unreadable);
            }
        };
    }

    /** Reads a resource by name, relative to a class, or otherwise to the root of the class path. */
    public static byte[] read(@Nullable Class<?> anchor, String name) {
        try (InputStream in = open(anchor, name)) {
            if (in == null) {
                throw new IllegalArgumentException("resource \"" + name + "\" not found on the class path"
                        + (anchor == null || name.startsWith("/")
                                ? ""
                                : ", neither beside " + anchor.getName() + " nor at the root"));
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the resource \"" + name + "\"", unreadable);
        }
    }

    private static @Nullable InputStream open(@Nullable Class<?> anchor, String name) {
        String fromRoot = name.startsWith("/") ? name.substring(1) : name;
        InputStream beside = anchor == null ? null : anchor.getResourceAsStream(name);
        if (beside != null) {
            return beside;
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader own = anchor != null ? anchor.getClassLoader() : Resources.class.getClassLoader();
        InputStream found = context == null ? null : context.getResourceAsStream(fromRoot);
        return found != null || own == null ? found : own.getResourceAsStream(fromRoot);
    }
}
