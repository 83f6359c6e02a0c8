package io.socketharness.junit5;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Puts the failure of a server before the exception of a test or lifecycle method that it caused. */
interface FirstCauseHandler extends TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    @Override
    default void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Verification.firstCause(context, thrown);
    }

    @Override
    default void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Verification.firstCause(context, thrown);
    }

    @Override
    default void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Verification.firstCause(context, thrown);
    }

    @Override
    default void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Verification.firstCause(context, thrown);
    }

    @Override
    default void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw Verification.firstCause(context, thrown);
    }
}
