package io.socketharness.spock;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.spockframework.runtime.extension.ExtensionException;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.FieldInfo;
import org.spockframework.runtime.model.MethodInfo;
import org.spockframework.runtime.model.SpecInfo;

/** Finds the servers that a specification and what it inherits declare. */
final class Declarations {

    private Declarations() {}

    /** Whether servers have anything to do with a specification. */
    static boolean concern(SpecInfo spec) {
        return isAnnotated(spec.getReflection())
                || spec.getAllFields().stream().map(Element::of).anyMatch(Element::isAnnotated)
                || !staticFields(spec).isEmpty()
                || methods(spec).anyMatch(method -> Element.of(method).isAnnotated() || Parameters.concern(method));
    }

    private static boolean isAnnotated(Class<?> type) {
        return Element.of(type).isAnnotated()
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

    /** The servers of {@code @Shared} fields. What stands where nothing can come of it is told here. */
    static List<Declaration> ofSpec(SpecInfo spec) {
        for (Element field : staticFields(spec)) {
            throw new ExtensionException(subject(field)
                    + ": found a static field; allowed is one that is not static, with @Shared for one server for the"
                    + " whole specification");
        }
        for (MethodInfo method : fixtureMethods(spec)) {
            Element element = Element.of(method);
            if (element.isAnnotated()) {
                throw new ExtensionException(subject(element)
                        + ": found a fixture method; allowed are a specification, a feature, a field and a parameter");
            }
        }
        return fields(spec, true)
                .flatMap(field -> of(Element.of(field)).stream())
                .toList();
    }

    /** The servers that each iteration of a feature has for itself. */
    static List<Declaration> ofIteration(SpecInfo spec, FeatureInfo feature) {
        Map<String, Declaration> byName = ofClass(spec.getReflection());
        byName.putAll(distinct(Element.of(feature)));
        List<Declaration> all = new ArrayList<>(byName.values());
        all.addAll(ofFields(spec));
        Stream.of(List.of(feature.getFeatureMethod()), spec.getAllSetupMethods(), spec.getAllCleanupMethods())
                .flatMap(List::stream)
                .forEach(method -> all.addAll(ofParameters(method)));
        return all;
    }

    /** The servers of iterations, as far as they are known where there is none. */
    static List<Declaration> ofAnyIteration(SpecInfo spec) {
        List<Declaration> all = new ArrayList<>(ofClass(spec.getReflection()).values());
        all.addAll(ofFields(spec));
        return all;
    }

    private static List<Declaration> ofFields(SpecInfo spec) {
        return fields(spec, false)
                .flatMap(field -> of(Element.of(field)).stream())
                .toList();
    }

    /** The fields that are to be set, those of superclasses first. */
    static Stream<FieldInfo> fields(SpecInfo spec, boolean shared) {
        return spec.getAllFields().stream()
                .filter(field -> field.isShared() == shared && Element.of(field).isAnnotated());
    }

    /** Spock leaves these out. */
    private static List<Element> staticFields(SpecInfo spec) {
        return spec.getSpecsTopToBottom().stream()
                .flatMap(one -> Arrays.stream(one.getReflection().getDeclaredFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(Element::of)
                .filter(Element::isAnnotated)
                .toList();
    }

    private static List<Declaration> ofParameters(MethodInfo method) {
        return method.getParameters().stream()
                .flatMap(parameter -> of(Element.of(parameter)).stream())
                .toList();
    }

    /** The server of a field or parameter. */
    static Optional<Declaration> of(Element single) {
        List<SocketServer> found = single.declared(SocketServer.class);
        if (found.size() > 1) {
            throw new ExtensionException("@SocketServer on " + single.place() + ": found " + found.size()
                    + "; one is allowed on a field or parameter, any number on a specification or feature");
        }
        return found.stream()
                .map(annotation -> new Declaration(annotation, single))
                .findFirst();
    }

    /** A nearer server takes the place of one that has the same name, or none like itself. */
    private static Map<String, Declaration> ofClass(Class<?> type) {
        Map<String, Declaration> byName = new LinkedHashMap<>();
        if (type.getSuperclass() != null) {
            byName.putAll(ofClass(type.getSuperclass()));
        }
        for (Class<?> implemented : type.getInterfaces()) {
            byName.putAll(ofClass(implemented));
        }
        byName.putAll(distinct(Element.of(type)));
        return byName;
    }

    private static Map<String, Declaration> distinct(Element element) {
        Map<String, Declaration> byName = new LinkedHashMap<>();
        for (SocketServer annotation : element.declared(SocketServer.class)) {
            Declaration declaration = new Declaration(annotation, element);
            if (byName.put(annotation.name(), declaration) != null) {
                throw new ExtensionException(declaration + ": found several "
                        + (annotation.name().isEmpty() ? "without a name" : "named \"" + annotation.name() + "\"")
                        + "; each of several servers needs a name of its own");
            }
        }
        return byName;
    }

    private static String subject(Element element) {
        return (element.declared(SocketServer.class).isEmpty() ? "@FromServer" : "@SocketServer") + " on "
                + element.place();
    }
}
