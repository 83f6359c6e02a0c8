package io.socketharness.junit5;

import io.socketharness.ServerSpec;
import io.socketharness.spi.ParallelRefusal;
import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Sees to it that no test meets system properties that a server sets for another.
 *
 * <p>An extension cannot lock for others, so the lock has to be there. It does where a test or class is {@code
 * SAME_THREAD} too: JUnit runs those beside the concurrent ones.
 */
final class PropertiesLock {

    private PropertiesLock() {}

    /** Refuses a server that sets system properties where they would have to be locked, and are not. */
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
                // GLOBAL is what @Isolated locks.
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
