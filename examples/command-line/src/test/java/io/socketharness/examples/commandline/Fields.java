package io.socketharness.examples.commandline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields of a YAML object. A field that is missing fails the test with its name. */
record Fields(Map<String, Object> values) {

    static Fields of(Object value) {
        Map<String, Object> values = new HashMap<>();
        ((Map<?, ?>) value).forEach((name, field) -> values.put(String.valueOf(name), field));
        return new Fields(values);
    }

    Fields in(String name) {
        return of(field(name));
    }

    /** The first object of a list. */
    Fields first(String name) {
        return of(((List<?>) field(name)).get(0));
    }

    List<String> list(String name) {
        return ((List<?>) field(name)).stream().map(String::valueOf).toList();
    }

    /** The names of the objects of a list. */
    Set<String> names(String name) {
        return ((List<?>) field(name)).stream().map(one -> of(one).text("name")).collect(Collectors.toSet());
    }

    String text(String name) {
        return String.valueOf(field(name));
    }

    private Object field(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new AssertionError("no field " + name + " in " + values);
        }
        return value;
    }
}
