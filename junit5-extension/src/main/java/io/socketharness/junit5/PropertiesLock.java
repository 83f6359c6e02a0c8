package io.socketharness.junit5;

import io.socketharness.ServerSpec;
import io.socketharness.spi.ParallelRefusal;
import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Ensures that a test does not see system properties that a server sets for another test.
 *
 * <p>An extension cannot acquire a lock for a test, so the test or class must declare it. A test or class in the mode
 * {@code SAME_THREAD} needs it too, because JUnit runs it at the same time as concurrent ones.
 */
final class PropertiesLock {

    private PropertiesLock() {}

    /** Refuses a server that sets system properties if they require a lock that is not declared. */
    static ServerSpec checked(ServerSpec spec, ExtensionContext context) {
        if (Parallel.isEnabled(context) && !spec.properties().isEmpty() && !isHeld(new Scope(context), context)) {
            throw ParallelRefusal.unlockedProperties(
                    JUnitFramework.INSTANCE, context.getTestMethod().isPresent());
        }
        return spec;
    }

    private static boolean isHeld(Scope scope, ExtensionContext context) {
        Class<?> innermost = context.getRequiredTestClass();
        return context.getTestMethod().filter(method -> isLocked(method, true)).isPresent()
                || scope.testClasses().stream().anyMatch(type -> isLocked(type, scope.isTest() || type != innermost));
    }

    private static boolean isLocked(AnnotatedElement element, boolean fromWithin) {
        return Parallel.locks(element)
                .filter(lock -> fromWithin || !isForChildren(lock))
                // GLOBAL is the lock of @Isolated.
                .anyMatch(lock -> lock.value().equals(Resources.SYSTEM_PROPERTIES)
                        || lock.value().equals(Resources.GLOBAL));
    }

    private static boolean isForChildren(ResourceLock lock) {
        try {
            return lock.target() == ResourceLockTarget.CHILDREN;
        } catch (LinkageError before512) {
            return false;
        }
    }
}
