package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Sets the annotated fields of test classes and their instances. */
final class Fields {

    private Fields() {}

    /** Sets the fields of an instance, or without one the static fields of a class. */
    static void set(Scope scope, Class<?> testClass, @Nullable Object instance) {
        for (Field field : Declarations.fields(testClass, instance == null)) {
            if (Modifier.isFinal(field.getModifiers())) {
                throw wrong(field, "found a final field; one that is not final is allowed");
            }
            Object value = new Selection(scope, field, field.getType()).value();
            try {
                set(field, instance, value);
            } catch (IllegalAccessException | InaccessibleObjectException closed) {
                throw new ExtensionConfigurationException(
                        subject(field) + "it cannot be set; in a module, open its package to io.socketharness.junit5",
                        closed);
            }
        }
    }

    private static synchronized void set(Field field, @Nullable Object instance, Object value)
            throws IllegalAccessException {
        field.setAccessible(true);
        Object former = field.get(instance);
        if (former != value && isRunning(former)) {
            throw wrong(
                    field,
                    "found a server in it that still runs: it has an initial value, where none is allowed, or a test at"
                            + " the same time; tests that run in parallel on one field need a parameter each");
        }
        field.set(instance, value);
    }

    private static boolean isRunning(@Nullable Object former) {
        return former instanceof FakeServer server && !server.recording().isEnded()
                || former instanceof Recording recording && !recording.isEnded();
    }

    private static ExtensionConfigurationException wrong(Field field, String what) {
        return new ExtensionConfigurationException(subject(field) + what);
    }

    private static String subject(Field field) {
        String annotation = field.isAnnotationPresent(FromServer.class) ? "@FromServer" : "@SocketServer";
        return annotation + " on " + Elements.describe(field) + ": ";
    }
}
