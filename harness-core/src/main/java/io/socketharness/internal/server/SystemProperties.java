package io.socketharness.internal.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The system properties that one server has set, until it is closed.
 *
 * <p>Several servers may set the same property: the latest open one counts. When none is left, the property gets the
 * value from before the first, regardless of changes in the meantime and of the order of closing.
 */
final class SystemProperties {

    /** For each set property: its earlier value, and the servers that set it, the latest last. */
    private static final Map<String, Layers> SET = new HashMap<>();

    private record Layers(@Nullable Object before, List<Layer> layers) {}

    private record Layer(SystemProperties owner, String value) {}

    private List<String> names = List.of();

    /** Sets all of them; called once. */
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

    /** Restores the earlier values. */
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
