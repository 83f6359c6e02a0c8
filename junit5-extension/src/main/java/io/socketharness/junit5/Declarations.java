package io.socketharness.junit5;

import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.ServerDeclarations;
import io.socketharness.spi.TestElement;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds the servers that the classes, methods, fields and parameters of JUnit tests declare. */
final class Declarations {

    private static final ServerDeclarations<SocketServer> DECLARATIONS =
            new ServerDeclarations<>(JUnitFramework.INSTANCE);

    private Declarations() {}

    /**
     * Returns the servers of one test, except those of parameters of other methods. Without a method, returns the
     * servers that every test has.
     */
    static List<ServerDeclaration> ofTest(List<Class<?>> testClasses, Optional<Method> testMethod) {
        List<TestElement> elements = Stream.concat(testClasses.stream(), testMethod.stream())
                .map(Elements::of)
                .toList();
        List<ServerDeclaration> all = new ArrayList<>(DECLARATIONS.nearest(elements));
        testClasses.forEach(testClass -> all.addAll(ofFields(testClass, false)));
        testMethod.ifPresent(method -> all.addAll(ofParameters(method)));
        return all;
    }

    /** Returns the servers of the parameters of constructors and of methods before and after each test. */
    static List<ServerDeclaration> ofSetUp(Class<?> testClass) {
        return Stream.of(
                        Arrays.stream(testClass.getDeclaredConstructors()),
                        methods(testClass, BeforeEach.class),
                        methods(testClass, AfterEach.class))
                .flatMap(executables -> executables)
                .flatMap(executable -> ofParameters(executable).stream())
                .toList();
    }

    private static Stream<Method> methods(Class<?> testClass, Class<? extends Annotation> annotation) {
        return AnnotationSupport.findAnnotatedMethods(testClass, annotation, HierarchyTraversalMode.TOP_DOWN).stream();
    }

    static List<ServerDeclaration> ofFields(Class<?> testClass, boolean ofClass) {
        return fields(testClass, ofClass).stream()
                .flatMap(field -> DECLARATIONS.single(Elements.of(field)).stream())
                .toList();
    }

    /** Returns the fields to set. */
    static List<Field> fields(Class<?> testClass, boolean ofClass) {
        return ReflectionSupport.findFields(
                testClass,
                field -> Modifier.isStatic(field.getModifiers()) == ofClass
                        && (AnnotationSupport.isAnnotated(field, FromServer.class)
                                || AnnotationSupport.isAnnotated(field, SocketServer.class)),
                HierarchyTraversalMode.TOP_DOWN);
    }

    static List<ServerDeclaration> ofParameters(Executable executable) {
        return Arrays.stream(executable.getParameters())
                .flatMap(parameter -> DECLARATIONS.single(Elements.of(parameter)).stream())
                .toList();
    }
}
