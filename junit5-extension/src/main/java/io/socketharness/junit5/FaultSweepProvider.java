package io.socketharness.junit5;

import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.TestSweep;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/** The JUnit extension behind {@link FaultSweep}: an invocation of the method for each run. */
final class FaultSweepProvider implements TestTemplateInvocationContextProvider {

    private static final String PARAMETERIZED = "org.junit.jupiter.params.ParameterizedTest";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), FaultSweep.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        try {
            requireAlone(method);
            if (context.getExecutionMode() == ExecutionMode.CONCURRENT) {
                throw new IllegalArgumentException(
                        "found @Execution(CONCURRENT); remove it, because each run depends on"
                                + " the results of those before it");
            }
            FaultSweep annotation =
                    AnnotationSupport.findAnnotation(method, FaultSweep.class).orElseThrow();
            ServerDeclaration server = server(context, annotation);
            TestSweep sweep = TestSweep.of(annotation, TestRuns.ofSweep(context));
            RunningSweep running = RunningSweep.start(context, sweep, server);
            return StreamSupport.stream(new SweepInvocations(context, running), false)
                    .onClose(sweep::close);
        } catch (IllegalArgumentException wrong) {
            throw error(method, String.valueOf(wrong.getMessage()));
        }
    }

    /** The error of a method with {@link FaultSweep}, without frames. */
    static RuntimeException error(Method method, String message) {
        RuntimeException error = JUnitFramework.INSTANCE.error(
                "@FaultSweep on " + Elements.of(method).place() + ": " + message, null);
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }

    private static void requireAlone(Method method) {
        Stream.<Class<? extends Annotation>>of(Test.class, RepeatedTest.class, TestFactory.class)
                .filter(other -> AnnotationSupport.isAnnotated(method, other))
                .map(Class::getSimpleName)
                .findFirst()
                .or(() -> isParameterized(method) ? Optional.of("ParameterizedTest") : Optional.empty())
                .ifPresent(other -> {
                    throw new IllegalArgumentException(
                            "found @" + other + ", too; remove it: @FaultSweep takes its place"
                                    + (other.equals("ParameterizedTest")
                                            ? ". Arguments are possible with @ParameterizedClass (JUnit 5.13 and later)"
                                            : ""));
                });
    }

    /** The annotation is in another artifact, which may be missing. */
    private static boolean isParameterized(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation.annotationType().getName().equals(PARAMETERIZED)) {
                return true;
            }
        }
        return false;
    }

    private static ServerDeclaration server(ExtensionContext context, FaultSweep annotation) {
        List<Class<?>> testClasses = new Scope(context).testClasses();
        List<ServerDeclaration> servers = new ArrayList<>(Declarations.ofTest(testClasses, context.getTestMethod()));
        testClasses.forEach(testClass -> servers.addAll(Declarations.ofSetUp(testClass)));
        boolean isShared = testClasses.stream()
                .flatMap(testClass -> Declarations.ofFields(testClass, true).stream())
                .anyMatch(one -> servers.isEmpty() || one.name().equals(annotation.server()));
        if (isShared) {
            throw new IllegalArgumentException("found a server on a static field; each run needs its own server: remove"
                    + " static, or put @SocketServer on the method or a parameter");
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException(
                    "found no server; put @SocketServer on the method, a parameter, an instance"
                            + " field or the class. For a SocketServerExtension, use io.socketharness.sweep.Sweep");
        }
        return TestSweep.server(servers, annotation.server());
    }
}
