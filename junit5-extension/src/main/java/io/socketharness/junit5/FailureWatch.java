package io.socketharness.junit5;

import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Notes the failures that the context of a test does not have at its end: of its constructor, of later extensions, and
 * of dynamic tests.
 */
interface FailureWatch extends InvocationInterceptor, TestWatcher {

    @Override
    default void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        Verification.cutShort(new Scope(context));
    }

    @Override
    default void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        Verification.cutShort(new Scope(context));
    }

    @Override
    default void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            ExtensionContext factory = factory(context);
            Servers.existing(factory).ifPresent(servers -> {
                servers.captures(factory).testFailed();
                servers.failedInside(failure);
            });
            Verification.cutShort(new Scope(factory));
            throw failure;
        }
    }

    /** The context of the method that has made a dynamic test, maybe in a dynamic container. */
    private static ExtensionContext factory(ExtensionContext dynamic) {
        ExtensionContext around = dynamic;
        Optional<Method> method = around.getTestMethod();
        while (method.isEmpty() && around.getParent().isPresent()) {
            around = around.getParent().get();
            method = around.getTestMethod();
        }
        return around;
    }
}
