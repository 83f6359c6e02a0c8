package io.socketharness.spock;

import io.socketharness.spi.AnnotatedServer;
import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.ServerDeclarations;
import io.socketharness.spi.TestElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.spockframework.runtime.extension.ExtensionException;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.FieldInfo;
import org.spockframework.runtime.model.MethodInfo;
import org.spockframework.runtime.model.SpecInfo;

/** Finds the servers that a specification declares or inherits. */
final class Declarations {

    private static final ServerDeclarations<SocketServer> DECLARATIONS =
            new ServerDeclarations<>(SpockFramework.INSTANCE);

    private Declarations() {}

    /** Returns whether a specification uses servers. */
    static boolean concern(SpecInfo spec) {
        return isAnnotated(spec.getReflection())
                || spec.getAllFields().stream().map(FieldInfo::getReflection).anyMatch(Elements::isAnnotated)
                || !staticFields(spec).isEmpty()
                || spec.getAllFeatures().stream().anyMatch(FeatureSweep::isDeclared)
                || methods(spec)
                        .anyMatch(method -> Elements.isAnnotated(method.getReflection()) || Parameters.concern(method));
    }

    private static boolean isAnnotated(Class<?> type) {
        return Elements.isAnnotated(type)
                || type.getSuperclass() != null && isAnnotated(type.getSuperclass())
                || Arrays.stream(type.getInterfaces()).anyMatch(Declarations::isAnnotated);
    }

    static Stream<MethodInfo> methods(SpecInfo spec) {
        return Stream.concat(
                spec.getAllFeatures().stream().map(FeatureInfo::getFeatureMethod), fixtureMethods(spec).stream());
    }

    private static List<MethodInfo> fixtureMethods(SpecInfo spec) {
        List<MethodInfo> all = new ArrayList<>();
        spec.getAllFixtureMethods().forEach(all::add);
        return all;
    }

    /** Returns the servers of {@code @Shared} fields. Reports annotations on elements that are not supported. */
    static List<ServerDeclaration> ofSpec(SpecInfo spec) {
        for (Field field : staticFields(spec)) {
            throw wrong(
                    TestElement.ofField(field, field.getName()),
                    "found a static field; remove static, and use @Shared for one server for the whole specification");
        }
        for (MethodInfo method : fixtureMethods(spec)) {
            if (Elements.isAnnotated(method.getReflection())) {
                throw wrong(
                        Elements.of(method),
                        "found a fixture method; allowed are a specification, a feature, a field and a parameter");
            }
        }
        return ofFields(spec, true);
    }

    /** Returns the servers that belong to each iteration of a feature. */
    static List<ServerDeclaration> ofIteration(SpecInfo spec, FeatureInfo feature) {
        List<ServerDeclaration> all =
                new ArrayList<>(DECLARATIONS.nearest(List.of(Elements.of(spec.getReflection()), Elements.of(feature))));
        all.addAll(ofFields(spec, false));
        Stream.of(List.of(feature.getFeatureMethod()), spec.getAllSetupMethods(), spec.getAllCleanupMethods())
                .flatMap(List::stream)
                .forEach(method -> all.addAll(ofParameters(method)));
        return all;
    }

    /** Returns the servers of iterations that are known outside of iterations. */
    static List<ServerDeclaration> ofAnyIteration(SpecInfo spec) {
        List<ServerDeclaration> all = new ArrayList<>(DECLARATIONS.nearest(List.of(Elements.of(spec.getReflection()))));
        all.addAll(ofFields(spec, false));
        return all;
    }

    private static List<ServerDeclaration> ofFields(SpecInfo spec, boolean shared) {
        return fields(spec, shared)
                .flatMap(field -> DECLARATIONS.single(Elements.of(field)).stream())
                .toList();
    }

    /** Returns the fields to set, those of superclasses first. */
    static Stream<FieldInfo> fields(SpecInfo spec, boolean shared) {
        return spec.getAllFields().stream()
                .filter(field -> field.isShared() == shared && Elements.isAnnotated(field.getReflection()));
    }

    /** Returns the annotated static fields, which Spock does not list. */
    private static List<Field> staticFields(SpecInfo spec) {
        return spec.getSpecsTopToBottom().stream()
                .flatMap(one -> Arrays.stream(one.getReflection().getDeclaredFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(Elements::isAnnotated)
                .toList();
    }

    private static List<ServerDeclaration> ofParameters(MethodInfo method) {
        return method.getParameters().stream()
                .flatMap(parameter -> DECLARATIONS.single(Elements.of(parameter)).stream())
                .toList();
    }

    private static RuntimeException wrong(TestElement element, String message) {
        String annotation = AnnotatedServer.declared(element.reflection(), SocketServer.class)
                        .isEmpty()
                ? "@FromServer"
                : "@SocketServer";
        return new ExtensionException(annotation + " on " + element.place() + ": " + message);
    }
}
