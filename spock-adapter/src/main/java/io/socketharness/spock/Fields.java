package io.socketharness.spock;

import io.socketharness.spi.InjectionPoint;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import org.spockframework.runtime.model.FieldInfo;

/** Sets the annotated fields of a specification. */
final class Fields {

    private Fields() {}

    static void set(Scope scope, boolean shared, Object instance) {
        Declarations.fields(scope.spec(), shared).forEach(field -> set(scope, field, instance));
    }

    private static void set(Scope scope, FieldInfo field, Object instance) {
        InjectionPoint point = Elements.injectionPoint(Elements.of(field), field.getType());
        if (field.hasInitializer()) {
            throw point.error("found an initial value, which would replace the server; remove it", null);
        }
        Object value = point.value(scope);
        try {
            // Not as a property: a private field of a superclass is not a property, and a setter may run any code.
            Field reflection = field.getReflection();
            reflection.setAccessible(true);
            reflection.set(instance, value);
        } catch (IllegalAccessException | InaccessibleObjectException closed) {
            throw point.error("it cannot be set; in a module, open its package to io.socketharness.spock", closed);
        }
    }
}
