package io.socketharness.internal.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The system properties that one server has set, for as long as it lives.
 *
 * <p>Several servers may set the same one: the latest that lives counts, and when none is left the property is what it was
 * before the first, whatever was made of it meanwhile and in whatever order they end.
 */
final class SystemProperties {

    /** For each property that is set: what it was before, and the servers that set it, the latest last. */
    private static final Map<String, Layers> SET = new HashMap<>();

    private record Layers(@Nullable Object before, List<Layer> layers) {}

    private record Layer(SystemProperties owner, String value) {}

    private List<String> names = List.of();

    /** Sets all of them; done once. */
    void set(Map<String, String> values) {
        synchronized (SET) {
            Properties system = System.getProperties();
            values.forEach((name, value) -> {
                SET.computeIfAbsent(name, first -> new Layers(system.get(first), new ArrayList<>()))
                        .layers()
                        .add(new Layer(this, value));
                system.setProperty(name, value);
            });
            names = List.copyOf(values.keySet());
        }
    }

    /** Puts back what was there. */
    void restore() {
        synchronized (SET) {
            names.forEach(this::restore);
            names = List.of();
        }
    }

    private void restore(String name) {
        Layers set = SET.get(name);
        if (set == null) {
            return;
        }
        List<Layer> layers = set.layers();
        boolean counts = layers.get(layers.size() - 1).owner() == this;
        layers.removeIf(layer -> layer.owner() == this);
        if (layers.isEmpty()) {
            SET.remove(name);
        }
        if (counts) {
            put(
                    name,
                    layers.isEmpty()
                            ? set.before()
                            : layers.get(layers.size() - 1).value());
        }
    }

    private static void put(String name, @Nullable Object value) {
        if (value == null) {
            System.getProperties().remove(name);
        } else {
            System.getProperties().put(name, value);
        }
    }
}
