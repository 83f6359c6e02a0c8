package io.socketharness.spock;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import org.spockframework.runtime.extension.ExtensionException;
import org.spockframework.runtime.model.FieldInfo;

/** Sets the annotated fields of a specification. */
final class Fields {

    private Fields() {}

    static void set(Scope scope, boolean shared, Object instance) {
        Declarations.fields(scope.spec(), shared).forEach(field -> set(scope, field, instance));
    }

    private static void set(Scope scope, FieldInfo field, Object instance) {
        Selection selection = new Selection(scope, Element.of(field), field.getType());
        if (field.hasInitializer()) {
            throw selection.wrong(
                    "found an initial value, which would replace the server; a field without one is allowed");
        }
        Object value = selection.value();
        try {
            // Not as a property: a private field of a superclass is none, and a setter may do anything.
            Field reflection = field.getReflection();
            reflection.setAccessible(true);
            reflection.set(instance, value);
        } catch (IllegalAccessException | InaccessibleObjectException closed) {
            throw new ExtensionException(
                    selection
                            .wrong("it cannot be set; in a module, open its package to io.socketharness.spock")
                            .getMessage(),
                    closed);
        }
    }
}
