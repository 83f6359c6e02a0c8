package io.socketharness.junit5;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;

/** Determines which tests JUnit can run at the same time, according to its configuration. */
final class Parallel {

    static final String ENABLED = "junit.jupiter.execution.parallel.enabled";

    private Parallel() {}

    static boolean isEnabled(ExtensionContext context) {
        return context.getConfigurationParameter(ENABLED)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /**
     * Returns whether a test can run at the same time as other tests of an enclosing class. This is the case if the
     * test, or a container between the class and the test, is concurrent. Children with the mode SAME_THREAD run one
     * after another, and so does everything in a class that holds a lock.
     *
     * @param path the contexts from the outermost class to the test
     * @param ofClass the index of the class in the path
     */
    static boolean isBesideOthers(List<ExtensionContext> path, int ofClass) {
        for (int i = ofClass + 1; i < path.size(); i++) {
            if (path.get(i).getExecutionMode() == ExecutionMode.CONCURRENT
                    && path.subList(0, i).stream().noneMatch(Parallel::isLocked)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a class holds a lock. A lock without a name comes from a provider and is unknown here. */
    private static boolean isLocked(ExtensionContext context) {
        return context.getTestMethod().isEmpty()
                && locks(context.getRequiredTestClass())
                        .anyMatch(lock -> !lock.value().isEmpty());
    }

    /** Returns the exclusive locks. */
    static Stream<ResourceLock> locks(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ResourceLock.class).stream()
                .filter(lock -> lock.mode() == ResourceAccessMode.READ_WRITE);
    }
}
