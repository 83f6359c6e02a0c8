package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.spi.DeclaredServer;
import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.ServerScope;
import io.socketharness.spi.TestElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A scope in a run of JUnit tests, and its servers: for a test, those of the test and of its enclosing classes; outside
 * of tests, only those of the classes.
 */
final class Scope implements ServerScope {

    private final ExtensionContext context;

    Scope(ExtensionContext context) {
        this.context = context;
    }

    boolean isTest() {
        return context.getTestMethod().isPresent();
    }

    /** Returns the class and its enclosing classes, the outermost first. */
    List<Class<?>> testClasses() {
        List<Class<?>> classes = new ArrayList<>();
        for (ExtensionContext around : classContexts()) {
            Class<?> testClass = around.getRequiredTestClass();
            if (!classes.contains(testClass)) {
                classes.add(testClass);
            }
        }
        return classes;
    }

    /**
     * Returns the contexts of the class and its enclosing classes. Does not use {@code getEnclosingClass()}, because a
     * nested class may be inherited by the class that runs.
     */
    List<ExtensionContext> classContexts() {
        List<ExtensionContext> contexts = new ArrayList<>();
        ExtensionContext around = context;
        while (around.getTestClass().isPresent()) {
            if (around.getTestMethod().isEmpty()) {
                contexts.add(0, around);
            }
            ExtensionContext inner = around;
            around = around.getParent().orElse(inner.getRoot());
        }
        return contexts;
    }

    /** Starts the servers of whole classes, which static fields declare. */
    void startOfClasses() {
        for (ExtensionContext around : classContexts()) {
            Class<?> testClass = around.getRequiredTestClass();
            Map<DeclaredServer, FakeServer> known = new Scope(around).ofClasses();
            for (ServerDeclaration declaration : Declarations.ofFields(testClass, true)) {
                if (!known.containsKey(declaration)) {
                    Servers.of(around).start(declaration, around);
                }
            }
        }
    }

    /** Returns the servers that {@link #startOfTest} starts, or would start if this were a test. */
    List<ServerDeclaration> ofTest() {
        return Declarations.ofTest(testClasses(), context.getTestMethod());
    }

    void startOfTest() {
        start(ofTest());
    }

    void start(List<ServerDeclaration> declarations) {
        Servers servers = Servers.of(context);
        declarations.forEach(declaration -> servers.start(declaration, context));
    }

    /** Returns the servers that no other test uses. */
    Collection<FakeServer> ofTestAlone() {
        return isTest()
                ? Servers.existing(context)
                        .<Collection<FakeServer>>map(
                                servers -> servers.running().values())
                        .orElse(List.of())
                : List.of();
    }

    /** Returns the servers of the enclosing classes. */
    Map<DeclaredServer, FakeServer> ofClasses() {
        Map<DeclaredServer, FakeServer> all = new LinkedHashMap<>();
        for (ExtensionContext around : classContexts()) {
            Servers.existing(around).ifPresent(servers -> all.putAll(servers.running()));
        }
        return all;
    }

    @Override
    public Map<DeclaredServer, FakeServer> running() {
        Map<DeclaredServer, FakeServer> all = ofClasses();
        if (isTest()) {
            Servers.existing(context).ifPresent(servers -> all.putAll(servers.running()));
        }
        return all;
    }

    @Override
    public List<ServerDeclaration> ofLaterTests() {
        return isTest() ? List.of() : ofTest();
    }

    @Override
    public String whyLater(TestElement element) {
        boolean isBefore512 = element.reflection() instanceof Parameter parameter
                && parameter.getDeclaringExecutable() instanceof Constructor
                && context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_METHOD));
        return isBefore512 ? "before JUnit 5.12 a constructor belongs to no test" : "no test has begun here";
    }
}
