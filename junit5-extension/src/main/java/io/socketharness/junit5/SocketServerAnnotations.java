package io.socketharness.junit5;

import io.socketharness.spi.Injection;
import io.socketharness.spi.InjectionPoint;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The JUnit extension behind {@link SocketServer} and {@link FromServer}: starts and verifies servers, sets fields,
 * resolves parameters.
 *
 * <p>It has no state, so several tests can use it at once. The servers are in the Store.
 */
final class SocketServerAnnotations
        implements TestInstancePreConstructCallback,
                BeforeAllCallback,
                BeforeEachCallback,
                ParameterResolver,
                AfterEachCallback,
                AfterAllCallback,
                FirstCauseHandler,
                FailureWatch,
                TimeLimitInterceptor {

    /** From JUnit 5.12 on, the constructor of a test belongs to the test. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /**
     * Under PER_CLASS this is called first: a constructor, or another extension in it, may need the servers of the
     * class.
     */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        Scope scope = new Scope(context);
        if (scope.isTest()) {
            for (Constructor<?> constructor : factory.getTestClass().getDeclaredConstructors()) {
                scope.start(Declarations.ofParameters(constructor));
            }
        } else {
            beforeAll(context);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Scope scope = new Scope(context);
        scope.startOfClasses();
        Fields.set(scope, context.getRequiredTestClass(), null);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SharedServers.check(context);
        Scope scope = new Scope(context);
        scope.startOfTest();
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            Fields.set(scope, instance.getClass(), instance);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return parameter.isAnnotated(FromServer.class)
                || parameter.isAnnotated(SocketServer.class)
                || Injection.isOwn(type)
                || Injection.isWayToIt(type) && !isArgument(parameter) && isServed(parameter, new Scope(context));
    }

    /** The first parameter of a parameterized test is an argument. */
    private static boolean isArgument(ParameterContext parameter) {
        Executable executable = parameter.getDeclaringExecutable();
        return parameter.getIndex() == 0
                && AnnotationSupport.isAnnotated(executable, TestTemplate.class)
                && !AnnotationSupport.isAnnotated(executable, RepeatedTest.class)
                && !AnnotationSupport.isAnnotated(executable, FaultSweep.class);
    }

    private static boolean isServed(ParameterContext parameter, Scope scope) {
        return !scope.running().isEmpty()
                || !scope.ofTest().isEmpty()
                || !Declarations.ofParameters(parameter.getDeclaringExecutable())
                        .isEmpty();
    }

    @Override
    public Object resolveParameter(ParameterContext context, ExtensionContext extensionContext) {
        Scope scope = new Scope(extensionContext);
        Parameter parameter = context.getParameter();
        try {
            if (scope.isTest()) {
                scope.startOfTest();
                scope.start(Declarations.ofParameters(context.getDeclaringExecutable()));
            }
            return new InjectionPoint(JUnitFramework.INSTANCE, Elements.of(parameter), parameter.getType())
                    .value(scope);
        } catch (ExtensionConfigurationException wrong) {
            // JUnit would wrap another exception and print both texts. JUnit 6.1 does not allow null as a cause.
            Throwable cause = wrong.getCause();
            String message = String.valueOf(wrong.getMessage());
            throw cause == null
                    ? new ParameterResolutionException(message)
                    : new ParameterResolutionException(message, cause);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Verification.afterTest(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Verification.afterClass(context);
    }
}
