package io.socketharness.spi;

import io.socketharness.internal.capture.FileNames;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The run of a test, or of the class that its servers belong to.
 *
 * @param testClass the class whose tests run
 * @param method the test method; null for servers of a class
 * @param methodName the name of the test in the source; empty for servers of a class
 * @param index the number of the invocation, from 1, such as {@code 2}, or {@code 1-2} for the second in the first
 *     invocation of the class; empty for a test with one invocation
 * @param parameters finds a configuration parameter of the test framework, or a system property, by its name
 */
public record TestRun(
        Class<?> testClass,
        @Nullable AnnotatedElement method,
        String methodName,
        String index,
        Function<String, Optional<String>> parameters) {

    /** The directory for files of the test, below one for all tests. */
    Path directory() {
        Path ofClass = Path.of(FileNames.of(testClass.getName()));
        return methodName.isEmpty() ? ofClass : ofClass.resolve(FileNames.of(invocation()));
    }

    /** Identifies the test: methods may have the same name. */
    String identity() {
        return this + " " + method;
    }

    /** Such as {@code LoginTest.logsIn[2]}. */
    String inShort() {
        int prefix = testClass.getPackageName().isEmpty()
                ? 0
                : testClass.getPackageName().length() + 1;
        return testClass.getName().substring(prefix) + (methodName.isEmpty() ? "" : "." + invocation());
    }

    private String invocation() {
        return methodName + (index.isEmpty() ? "" : "[" + index + "]");
    }

    /** Returns the test for messages, such as {@code LoginTest.logsIn[2]}. */
    @Override
    public String toString() {
        return testClass.getName()
                + (methodName.isEmpty() ? "" : "." + methodName)
                + (index.isEmpty() ? "" : "[" + index + "]");
    }
}
