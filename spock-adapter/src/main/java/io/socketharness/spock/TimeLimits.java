package io.socketharness.spock;

import io.socketharness.spi.TimeLimit;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.MethodKind;
import spock.lang.Timeout;

/** Ends the connections of servers when the time limit that {@link Timeout} sets for a method is over. */
final class TimeLimits {

    private TimeLimits() {}

    static void apply(IMethodInvocation invocation) throws Throwable {
        Optional<Duration> limit = of(invocation);
        if (limit.isEmpty()) {
            invocation.proceed();
            return;
        }
        Scope scope = Scope.of(invocation);
        TimeLimit running = TimeLimit.start(
                limit.get(),
                () -> scope.ofIteration()
                        .map(own -> List.copyOf(own.running().values()))
                        .orElse(List.of()),
                () -> scope.ofSpec()
                        .map(shared -> List.copyOf(shared.running().values()))
                        .orElse(List.of()));
        try {
            invocation.proceed();
        } finally {
            running.close();
        }
    }

    /** The limit of a method; that of a specification is for each of its features. */
    private static Optional<Duration> of(IMethodInvocation invocation) {
        Method method = invocation.getMethod().getReflection();
        if (method == null) {
            return Optional.empty();
        }
        Timeout own = method.getAnnotation(Timeout.class);
        boolean isFeature = invocation.getMethod().getKind() == MethodKind.FEATURE;
        Timeout found = own == null && isFeature ? method.getDeclaringClass().getAnnotation(Timeout.class) : own;
        return Optional.ofNullable(found)
                .map(timeout ->
                        Duration.of((long) timeout.value(), timeout.unit().toChronoUnit()));
    }
}
