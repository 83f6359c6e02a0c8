package io.socketharness.junit5;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;

/** Which tests JUnit can run at the same time, by its configuration. */
final class Parallel {

    static final String ENABLED = "junit.jupiter.execution.parallel.enabled";

    private Parallel() {}

    static boolean isEnabled(ExtensionContext context) {
        return context.getConfigurationParameter(ENABLED)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /**
     * Whether a test can run at the same time as others of a class around it: there is a concurrent one among the
     * containers between them and the test itself. Those that run in the same thread run one after another, and so does
     * everything in a class that holds a lock.
     *
     * @param path the contexts from the outermost class to the test
     * @param ofClass the place of the class in it
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

    /** A lock without a name is one of a provider, which is not known here. */
    private static boolean isLocked(ExtensionContext context) {
        return context.getTestMethod().isEmpty()
                && locks(context.getRequiredTestClass())
                        .anyMatch(lock -> !lock.value().isEmpty());
    }

    /** The locks that let nobody else hold them. */
    static Stream<ResourceLock> locks(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ResourceLock.class).stream()
                .filter(lock -> lock.mode() == ResourceAccessMode.READ_WRITE);
    }
}
