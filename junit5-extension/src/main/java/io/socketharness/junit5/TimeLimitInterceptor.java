package io.socketharness.junit5;

import io.socketharness.junit5.TimeLimits.Kind;
import io.socketharness.spi.TimeLimit;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Ends the connections of servers when the time limit of a test, or of a method around it, is over. A test itself is not
 * intercepted, so that its exceptions have no frames of the library.
 */
interface TimeLimitInterceptor extends InvocationInterceptor, BeforeTestExecutionCallback, AfterTestExecutionCallback {

    @Override
    default void beforeTestExecution(ExtensionContext context) {
        TimeLimits.of(context, context.getRequiredTestMethod(), kind(context))
                .ifPresent(limit -> Servers.of(context).started(start(limit, context)));
    }

    @Override
    default void afterTestExecution(ExtensionContext context) {
        Servers.of(context).stopTime();
    }

    private static Kind kind(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), TestTemplate.class)
                ? Kind.TEST_TEMPLATE
                : Kind.TEST;
    }

    @Override
    default void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        proceed(invocation, call, context, Kind.BEFORE_ALL);
    }

    @Override
    default void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        proceed(invocation, call, context, Kind.BEFORE_EACH);
    }

    @Override
    default void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        proceed(invocation, call, context, Kind.AFTER_EACH);
    }

    @Override
    default void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        proceed(invocation, call, context, Kind.AFTER_ALL);
    }

    private static void proceed(
            InvocationInterceptor.Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context,
            Kind kind)
            throws Throwable {
        Optional<Duration> limit = TimeLimits.of(context, call.getExecutable(), kind);
        if (limit.isEmpty()) {
            invocation.proceed();
            return;
        }
        TimeLimit running = start(limit.get(), context);
        try {
            invocation.proceed();
        } finally {
            running.close();
        }
    }

    private static TimeLimit start(Duration limit, ExtensionContext context) {
        Scope scope = new Scope(context);
        return TimeLimit.start(
                limit, scope::ofTestAlone, () -> scope.ofClasses().values());
    }
}
