package io.socketharness.spock;

import io.socketharness.FakeServer;
import io.socketharness.spi.AnnotatedServer;
import io.socketharness.spi.InjectionPoint;
import io.socketharness.spi.TestElement;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.FieldInfo;
import org.spockframework.runtime.model.MethodInfo;
import org.spockframework.runtime.model.MethodKind;
import org.spockframework.runtime.model.ParameterInfo;

/** Converts annotated elements of a specification to {@link TestElement}s, with their names in the source. */
final class Elements {

    private Elements() {}

    static TestElement of(Class<?> type) {
        return TestElement.ofClass(type, SpockFramework.INSTANCE.words().container());
    }

    static TestElement of(FieldInfo field) {
        return TestElement.ofField(field.getReflection(), field.getName());
    }

    static TestElement of(FeatureInfo feature) {
        return of(feature.getFeatureMethod());
    }

    /** Returns the element of a feature or fixture method. */
    static TestElement of(MethodInfo method) {
        Method reflection = method.getReflection();
        boolean isFeature = method.getKind() == MethodKind.FEATURE;
        String name = method.getName();
        return new TestElement(
                reflection,
                reflection.getDeclaringClass(),
                name,
                name,
                isFeature ? "feature [" + name + "]" : "method [" + name + "()]");
    }

    static TestElement of(ParameterInfo parameter) {
        TestElement method = of(parameter.getParent());
        boolean isFeature = parameter.getParent().getKind() == MethodKind.FEATURE;
        Parameter reflection = parameter.getReflection();
        // Spock keeps the names of a feature's parameters. Groovy keeps other names only with an option.
        return isFeature || reflection.isNamePresent()
                ? TestElement.ofParameter(reflection, parameter.getName(), method.place())
                : TestElement.ofUnnamedParameter(reflection, method.name(), method.place());
    }

    /** Returns the injection point of an element. Without a type in Groovy, it gets the server. */
    static InjectionPoint injectionPoint(TestElement element, Class<?> type) {
        return new InjectionPoint(SpockFramework.INSTANCE, element, type == Object.class ? FakeServer.class : type);
    }

    /** Returns whether an element has an annotation of this adapter. */
    static boolean isAnnotated(AnnotatedElement element) {
        return !AnnotatedServer.declared(element, SocketServer.class).isEmpty()
                || !AnnotatedServer.declared(element, FromServer.class).isEmpty();
    }
}
