package io.socketharness.junit5;

import io.socketharness.FakeServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A place in a run of tests, and the servers that can be had there: in a test, those of the test and of the classes around
 * it; elsewhere those of the classes alone.
 */
final class Scope {

    private final ExtensionContext context;

    Scope(ExtensionContext context) {
        this.context = context;
    }

    boolean isTest() {
        return context.getTestMethod().isPresent();
    }

    Optional<Lifecycle> lifecycle() {
        return context.getTestInstanceLifecycle();
    }

    /** The class and the classes that it is nested in, the outermost first. */
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

    /** Contexts and not {@code getEnclosingClass()}: a nested class may be inherited by the class that is run. */
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

    /** Starts the servers that live for a whole class: those of static fields. */
    void startOfClasses() {
        for (ExtensionContext around : classContexts()) {
            Class<?> testClass = around.getRequiredTestClass();
            Map<Source, FakeServer> known = new Scope(around).ofClasses();
            for (Declaration declaration : Declarations.ofFields(testClass, true)) {
                if (!known.containsKey(declaration)) {
                    Servers.of(around).start(declaration, around);
                }
            }
        }
    }

    /** What {@link #startOfTest} starts, or would start if this were a test. */
    List<Declaration> ofTest() {
        return context.getTestMethod()
                .map(method -> Declarations.ofTest(testClasses(), method))
                .orElseGet(() -> Declarations.ofAnyTest(testClasses()));
    }

    void startOfTest() {
        start(ofTest());
    }

    void start(List<Declaration> declarations) {
        Servers servers = Servers.of(context);
        declarations.forEach(declaration -> servers.start(declaration, context));
    }

    /** The servers of the classes around. */
    Map<Source, FakeServer> ofClasses() {
        Map<Source, FakeServer> all = new LinkedHashMap<>();
        for (ExtensionContext around : classContexts()) {
            Servers.existing(around).ifPresent(servers -> all.putAll(servers.running()));
        }
        return all;
    }

    /** All servers that run here. */
    Map<Source, FakeServer> running() {
        Map<Source, FakeServer> all = ofClasses();
        if (isTest()) {
            Servers.existing(context).ifPresent(servers -> all.putAll(servers.running()));
        }
        return all;
    }
}
