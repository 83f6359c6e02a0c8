package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.spi.DeclaredServer;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A server that an extension object in a field declares.
 *
 * @param extension the extension object
 * @param field the field
 */
record Registered(SocketServerExtension extension, Field field) implements DeclaredServer {

    /** Finds the static field that contains an extension. */
    static Optional<Registered> ofClasses(SocketServerExtension extension, List<Class<?>> testClasses) {
        return testClasses.stream()
                .flatMap(testClass -> find(extension, testClass, null).stream())
                .findFirst();
    }

    /** Finds the field of an instance that contains an extension. */
    static Optional<Registered> ofInstances(SocketServerExtension extension, List<Object> instances) {
        return instances.stream()
                .flatMap(instance -> find(extension, instance.getClass(), instance).stream())
                .findFirst();
    }

    private static Optional<Registered> find(
            SocketServerExtension extension, Class<?> testClass, @Nullable Object instance) {
        return AnnotationSupport.findAnnotatedFields(
                        testClass,
                        RegisterExtension.class,
                        field -> ModifierSupport.isStatic(field) == (instance == null))
                .stream()
                .filter(field -> valueOf(field, instance) == extension)
                .map(field -> new Registered(extension, field))
                .findFirst();
    }

    private static @Nullable Object valueOf(Field field, @Nullable Object instance) {
        return ReflectionSupport.tryToReadFieldValue(field, instance)
                .toOptional()
                .orElse(null);
    }

    @Override
    public String name() {
        return extension.spec().name().orElse(field.getName());
    }

    @Override
    public String place() {
        return Elements.of(field).place();
    }

    @Override
    public String subject() {
        return "@RegisterExtension on " + place();
    }

    FakeServer start(ExtensionContext context) {
        try {
            return extension.started(() -> Servers.start(this, () -> named(context.getRequiredTestClass()), context));
        } catch (IllegalStateException shared) {
            throw new ExtensionConfigurationException(subject() + ": " + shared.getMessage());
        }
    }

    private ServerSpec named(Class<?> testClass) {
        ServerSpec spec = extension.spec();
        return spec.name().isPresent()
                ? spec
                : spec.toBuilder()
                        .name(testClass.getSimpleName() + "." + field.getName())
                        .build();
    }
}
