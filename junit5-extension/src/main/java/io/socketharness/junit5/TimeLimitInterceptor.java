package io.socketharness.junit5;

import io.socketharness.junit5.TimeLimits.Kind;
import io.socketharness.spi.TimeLimit;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Ends the connections of servers when the time limit of a test, or of a method around it, is over. */
interface TimeLimitInterceptor extends InvocationInterceptor {

    @Override
    default void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        proceed(invocation, call, context, Kind.TEST);
    }

    @Override
    default void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        proceed(invocation, call, context, Kind.TEST_TEMPLATE);
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
        Scope scope = new Scope(context);
        TimeLimit running = TimeLimit.start(
                limit.get(), scope::ofTestAlone, () -> scope.ofClasses().values());
        try {
            invocation.proceed();
        } finally {
            running.close();
        }
    }
}
