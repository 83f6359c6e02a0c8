package io.socketharness.junit5;

import io.socketharness.spi.AnnotatedServer;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds the servers that classes, methods, fields and parameters declare. */
final class Declarations {

    private Declarations() {}

    /** The servers that live for one test, but those of parameters of other methods than the test's. */
    static List<Declaration> ofTest(List<Class<?>> testClasses, Method testMethod) {
        List<Declaration> all = new ArrayList<>(ofClassesAndMethod(testClasses, testMethod));
        testClasses.forEach(testClass -> all.addAll(ofFields(testClass, false)));
        all.addAll(ofParameters(testMethod));
        return all;
    }

    /** The servers that live for one test, as far as they are known where there is no test yet. */
    static List<Declaration> ofAnyTest(List<Class<?>> testClasses) {
        List<Declaration> all = new ArrayList<>();
        testClasses.forEach(testClass -> {
            all.addAll(ofClass(testClass).values());
            all.addAll(ofFields(testClass, false));
        });
        return all;
    }

    static List<Declaration> ofFields(Class<?> testClass, boolean ofClass) {
        return fields(testClass, ofClass).stream()
                .flatMap(field -> of(field).stream())
                .toList();
    }

    /** The fields that are to be set. */
    static List<Field> fields(Class<?> testClass, boolean ofClass) {
        return ReflectionSupport.findFields(
                testClass,
                field -> Modifier.isStatic(field.getModifiers()) == ofClass
                        && (AnnotationSupport.isAnnotated(field, FromServer.class)
                                || AnnotationSupport.isAnnotated(field, SocketServer.class)),
                HierarchyTraversalMode.TOP_DOWN);
    }

    static List<Declaration> ofParameters(Executable executable) {
        return Arrays.stream(executable.getParameters())
                .flatMap(parameter -> of(parameter).stream())
                .toList();
    }

    /** The server of a field or parameter. */
    static Optional<Declaration> of(AnnotatedElement single) {
        List<SocketServer> found = declared(single);
        if (found.size() > 1) {
            throw new ExtensionConfigurationException("@SocketServer on " + Elements.describe(single) + ": found "
                    + found.size() + "; one is allowed on a field or parameter, any number on a class or method");
        }
        return found.stream()
                .map(annotation -> new Declaration(annotation, single))
                .findFirst();
    }

    /** A nearer server takes the place of one that has the same name, or none like itself. */
    private static Collection<Declaration> ofClassesAndMethod(List<Class<?>> testClasses, Method testMethod) {
        Map<String, Declaration> byName = new LinkedHashMap<>();
        testClasses.forEach(testClass -> byName.putAll(ofClass(testClass)));
        byName.putAll(distinct(testMethod));
        return byName.values();
    }

    private static Map<String, Declaration> ofClass(Class<?> type) {
        Map<String, Declaration> byName = new LinkedHashMap<>();
        if (type.getSuperclass() != null) {
            byName.putAll(ofClass(type.getSuperclass()));
        }
        for (Class<?> implemented : type.getInterfaces()) {
            byName.putAll(ofClass(implemented));
        }
        byName.putAll(distinct(type));
        return byName;
    }

    /** JUnit would add the inherited ones, without telling whose they are, and take equal ones for one. */
    private static List<SocketServer> declared(AnnotatedElement element) {
        return AnnotatedServer.declared(element, SocketServer.class);
    }

    private static Map<String, Declaration> distinct(AnnotatedElement element) {
        Map<String, Declaration> byName = new LinkedHashMap<>();
        for (SocketServer annotation : declared(element)) {
            Declaration declaration = new Declaration(annotation, element);
            if (byName.put(annotation.name(), declaration) != null) {
                throw new ExtensionConfigurationException(declaration + ": found several "
                        + (annotation.name().isEmpty() ? "without a name" : "named \"" + annotation.name() + "\"")
                        + "; each of several servers needs a name of its own");
            }
        }
        return byName;
    }
}
