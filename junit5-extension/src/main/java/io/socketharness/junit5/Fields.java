package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import io.socketharness.spi.InjectionPoint;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Sets the annotated fields of test classes and their instances. */
final class Fields {

    private Fields() {}

    /** Sets the fields of an instance, or without one the static fields of a class. */
    static void set(Scope scope, Class<?> testClass, @Nullable Object instance) {
        for (Field field : Declarations.fields(testClass, instance == null)) {
            InjectionPoint point = new InjectionPoint(JUnitFramework.INSTANCE, Elements.of(field), field.getType());
            if (Modifier.isFinal(field.getModifiers())) {
                throw point.error("found a final field; remove final", null);
            }
            set(point, field, instance, point.value(scope));
        }
    }

    private static synchronized void set(InjectionPoint point, Field field, @Nullable Object instance, Object value) {
        try {
            field.setAccessible(true);
            Object former = field.get(instance);
            if (former != value && isRunning(former)) {
                throw point.error(
                        "found a server in it that is still running: the field has an initial value, which is not"
                                + " allowed, or another test uses it at the same time; if tests run in parallel,"
                                + " use parameters",
                        null);
            }
            field.set(instance, value);
        } catch (IllegalAccessException | InaccessibleObjectException closed) {
            throw point.error("it cannot be set; in a module, open its package to io.socketharness.junit5", closed);
        }
    }

    private static boolean isRunning(@Nullable Object former) {
        return former instanceof FakeServer server && !server.recording().isEnded()
                || former instanceof Recording recording && !recording.isEnded();
    }
}
