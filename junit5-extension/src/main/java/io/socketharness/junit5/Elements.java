package io.socketharness.junit5;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

/** Annotated elements as messages and names show them. */
final class Elements {

    private Elements() {}

    static String describe(AnnotatedElement element) {
        if (element instanceof Parameter parameter) {
            return "parameter [" + parameter.getName() + "] of " + describe(parameter.getDeclaringExecutable());
        }
        if (element instanceof Field field) {
            return "field [" + field.getName() + "] of ["
                    + field.getDeclaringClass().getSimpleName() + "]";
        }
        return element instanceof Method
                ? "method [" + name(element) + "()]"
                : element instanceof Constructor
                        ? "the constructor of [" + name(element) + "]"
                        : "class [" + name(element) + "]";
    }

    private static String describe(Executable executable) {
        return executable instanceof Method method
                ? "[" + method.getName() + "()]"
                : describe((AnnotatedElement) executable);
    }

    static String name(AnnotatedElement element) {
        if (element instanceof Parameter parameter) {
            return parameter.getName();
        }
        if (element instanceof Field field) {
            return field.getName();
        }
        return element instanceof Method method
                ? method.getName()
                : classOf(element).getSimpleName();
    }

    /** The name that says most to a reader: without {@code -parameters} a parameter has none, and its method's is better. */
    static String title(AnnotatedElement element) {
        return element instanceof Parameter parameter && !parameter.isNamePresent()
                ? name(parameter.getDeclaringExecutable())
                : name(element);
    }

    /** The class that an element is, or is declared by. */
    static Class<?> classOf(AnnotatedElement element) {
        if (element instanceof Parameter parameter) {
            return parameter.getDeclaringExecutable().getDeclaringClass();
        }
        if (element instanceof Field field) {
            return field.getDeclaringClass();
        }
        return element instanceof Executable executable ? executable.getDeclaringClass() : (Class<?>) element;
    }
}
