package io.socketharness.spock;

import io.socketharness.spi.AnnotatedServer;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.FieldInfo;
import org.spockframework.runtime.model.MethodInfo;
import org.spockframework.runtime.model.MethodKind;
import org.spockframework.runtime.model.ParameterInfo;

/**
 * What may be annotated in a specification, by the names that its author gave; in the class file many have others.
 *
 * @param reflection what has the annotations
 * @param owner the class that it is, or is declared by
 * @param name its own name
 * @param title the name that says most to a reader
 * @param place how messages show it
 */
record Element(AnnotatedElement reflection, Class<?> owner, String name, String title, String place) {

    static Element of(Class<?> type) {
        String name = type.getSimpleName();
        return new Element(type, type, name, name, "specification [" + name + "]");
    }

    static Element of(FieldInfo field) {
        return ofField(field.getReflection(), field.getName());
    }

    static Element of(Field field) {
        return ofField(field, field.getName());
    }

    private static Element ofField(Field field, String name) {
        Class<?> owner = field.getDeclaringClass();
        return new Element(field, owner, name, name, "field [" + name + "] of [" + owner.getSimpleName() + "]");
    }

    static Element of(FeatureInfo feature) {
        return of(feature.getFeatureMethod());
    }

    /** A feature or fixture method. */
    static Element of(MethodInfo method) {
        Method reflection = method.getReflection();
        boolean isFeature = method.getKind() == MethodKind.FEATURE;
        String name = method.getName();
        return new Element(
                reflection,
                reflection.getDeclaringClass(),
                name,
                name,
                isFeature ? "feature [" + name + "]" : "method [" + name + "()]");
    }

    static Element of(ParameterInfo parameter) {
        Element method = of(parameter.getParent());
        boolean isFeature = parameter.getParent().getKind() == MethodKind.FEATURE;
        String name = parameter.getName();
        // Groovy keeps the names of other parameters only where it is told to.
        boolean isNamed = isFeature || parameter.getReflection().isNamePresent();
        return new Element(
                parameter.getReflection(),
                method.owner(),
                name,
                isNamed ? name : method.name(),
                "parameter [" + name + "] of " + method.place());
    }

    <A extends Annotation> List<A> declared(Class<A> type) {
        return AnnotatedServer.declared(reflection, type);
    }

    /** Whether one of this adapter's annotations stands on it. */
    boolean isAnnotated() {
        return !declared(SocketServer.class).isEmpty()
                || !declared(FromServer.class).isEmpty();
    }
}
