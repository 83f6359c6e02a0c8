package io.socketharness.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code of a test. Reports have its stack frames, and not those of the library.
 *
 * @param testClass the class
 * @param method the method, or another name for the place in the class
 */
public record TestCode(Class<?> testClass, String method) {

    /** The packages of callers of tests. */
    private static final List<String> CALLERS = List.of(
            "java.lang.reflect.",
            "jdk.internal.reflect.",
            "org.junit.",
            "org.spockframework.",
            "org.codehaus.groovy.",
            "org.apache.groovy.",
            "groovy.lang.");

    /** Returns the frames of an exception from the test's code on, without its callers. */
    StackTraceElement[] frames(Throwable thrown) {
        List<StackTraceElement> all = Arrays.asList(thrown.getStackTrace());
        List<StackTraceElement> own = new ArrayList<>();
        for (StackTraceElement frame : all) {
            if (!own.isEmpty() && CALLERS.stream().anyMatch(frame.getClassName()::startsWith)) {
                break;
            }
            if (!own.isEmpty() || isOfTest(frame)) {
                own.add(named(frame));
            }
        }
        return own.isEmpty() ? frames() : own.toArray(StackTraceElement[]::new);
    }

    /** Spock compiles a feature to a method with a generated name. */
    private StackTraceElement named(StackTraceElement frame) {
        return frame.getMethodName().startsWith("$spock_feature_")
                ? new StackTraceElement(frame.getClassName(), method, frame.getFileName(), frame.getLineNumber())
                : frame;
    }

    private boolean isOfTest(StackTraceElement frame) {
        return isOf(testClass, frame.getClassName());
    }

    /** Whether a class is a type, is inside it, or is one that the type extends or implements. */
    private static boolean isOf(@Nullable Class<?> type, String name) {
        return type != null
                && type != Object.class
                && (name.equals(type.getName())
                        || name.startsWith(type.getName() + "$")
                        || isOf(type.getSuperclass(), name)
                        || Arrays.stream(type.getInterfaces()).anyMatch(one -> isOf(one, name)));
    }

    /** Returns a frame for the test itself, without a line number. */
    StackTraceElement[] frames() {
        return new StackTraceElement[] {new StackTraceElement(testClass.getName(), method, file(), -1)};
    }

    private String file() {
        Class<?> outermost = testClass;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        return outermost.getSimpleName() + extension();
    }

    private String extension() {
        boolean kotlin = Arrays.stream(testClass.getAnnotations())
                .anyMatch(one -> one.annotationType().getName().equals("kotlin.Metadata"));
        return kotlin ? ".kt" : isSpecification() ? ".groovy" : ".java";
    }

    private boolean isSpecification() {
        for (Class<?> type = testClass; type != null; type = type.getSuperclass()) {
            if (type.getName().equals("spock.lang.Specification")) {
                return true;
            }
        }
        return false;
    }
}
