package io.socketharness.junit5;

import io.socketharness.spi.TestRun;
import java.lang.reflect.Method;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Describes the runs of JUnit tests. */
final class TestRuns {

    /** An invocation of a method or a class with several, in a unique id. */
    private static final Pattern INVOCATION = Pattern.compile("-invocation:#(\\d+)]");

    /** That of a method alone. */
    private static final Pattern OF_METHOD = Pattern.compile("/\\[test-template-invocation:#\\d+]");

    private TestRuns() {}

    /** The run of a test; all invocations of a sweep are the same run. */
    static TestRun of(ExtensionContext context) {
        return RunningSweep.of(context).isPresent() ? ofSweep(context) : of(context, context.getUniqueId());
    }

    static TestRun ofSweep(ExtensionContext context) {
        return of(context, OF_METHOD.matcher(context.getUniqueId()).replaceAll(""));
    }

    private static TestRun of(ExtensionContext context, String uniqueId) {
        Method method = context.getTestMethod().orElse(null);
        return new TestRun(
                context.getRequiredTestClass(),
                method,
                method == null ? "" : method.getName(),
                index(uniqueId),
                context::getConfigurationParameter);
    }

    /** The numbers of the invocations of classes, and of the method. */
    private static String index(String uniqueId) {
        return INVOCATION
                .matcher(uniqueId)
                .results()
                .map(number -> number.group(1))
                .collect(Collectors.joining("-"));
    }
}
