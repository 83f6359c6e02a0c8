package io.socketharness.junit5;

import io.socketharness.spi.TestSweepRun;
import io.socketharness.spi.TestSweepRun.Result;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * A run of a sweep as an invocation of its method.
 *
 * <p>JUnit registers it as the last extension, except that before 5.12 those of instance fields come later:
 * {@code beforeEach} is called after that of the others and before the {@code @BeforeEach} methods, and
 * {@code afterEach} directly after the {@code @AfterEach} methods, when the servers still run.
 */
final class SweepInvocation
        implements TestTemplateInvocationContext,
                BeforeEachCallback,
                InvocationInterceptor,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                AfterTestExecutionCallback,
                AfterEachCallback,
                TestWatcher {

    private final RunningSweep sweep;
    private final TestSweepRun run;
    private boolean begun;
    private boolean ended;

    SweepInvocation(RunningSweep sweep, TestSweepRun run) {
        this.sweep = sweep;
        this.run = run;
    }

    /** Whether JUnit did not run a test without a fault, and does not say why. */
    boolean isMissing() {
        return !run.hasFault() && !ended;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return run.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // it may be the server of a parameter of a @BeforeEach method
        Servers.of(context).start(sweep.server(), context);
        begun = true;
        run.begin();
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        proceed(invocation);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        proceed(invocation);
    }

    /**
     * After an exception of a {@code @BeforeEach} method, JUnit would not run the others. With {@code @Timeout}, the
     * thread can be another one.
     */
    private void proceed(Invocation<@Nullable Void> invocation) throws Throwable {
        if (run.taken().isPresent()) {
            invocation.skip();
            return;
        }
        Thread before = run.continueOn(Thread.currentThread());
        try {
            invocation.proceed();
        } finally {
            run.continueOn(before);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable exception) throws Throwable {
        note(exception);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable exception)
            throws Throwable {
        note(exception);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable exception)
            throws Throwable {
        note(exception);
    }

    /** The verdict decides whether an exception fails the invocation; without a fault, it does. */
    private void note(Throwable exception) throws Throwable {
        if (!run.takes(exception)) {
            throw exception;
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        run.beginCleaning();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ended = true;
        if (!begun) {
            return;
        }
        Throwable failure = run.taken().or(context::getExecutionException).orElse(null);
        if (failure != null && TimeLimits.isExceeded(failure)) {
            run.timedOut(failure);
        }
        Result result = run.end(failure, Verification.code(context));
        Optional<AssertionError> error = result.failure();
        if (error.isPresent()) {
            throw error.get();
        }
        result.remark().ifPresent(remark -> {
            throw new TestAbortedException(remark);
        });
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        fails();
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        fails();
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        fails();
    }

    private void fails() {
        ended = true;
        run.failed();
    }
}
