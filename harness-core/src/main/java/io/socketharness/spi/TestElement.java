package io.socketharness.spi;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;

/**
 * An element of a test's source that may be annotated, by the names that its author gave; in the class file of some
 * frameworks it has others.
 *
 * @param reflection has the annotations
 * @param owner the class that it is, or that declares it
 * @param name its name; empty where the class file does not have it
 * @param title its name in the title of a server, where that of a parameter may be unknown
 * @param place where it is, as messages show it, such as {@code field [mail] of [LoginTest]}
 */
public record TestElement(AnnotatedElement reflection, Class<?> owner, String name, String title, String place) {

    /**
     * A class of tests.
     *
     * @param type the class
     * @param kind how messages call it, such as {@code class}
     * @return the element
     */
    public static TestElement ofClass(Class<?> type, String kind) {
        String name = type.getSimpleName();
        return new TestElement(type, type, name, name, kind + " [" + name + "]");
    }

    /**
     * A field.
     *
     * @param field the field
     * @param name its name in the source
     * @return the element
     */
    public static TestElement ofField(Field field, String name) {
        Class<?> owner = field.getDeclaringClass();
        return new TestElement(field, owner, name, name, "field [" + name + "] of [" + owner.getSimpleName() + "]");
    }

    /**
     * A parameter whose name is in the class file.
     *
     * @param parameter the parameter
     * @param name its name in the source
     * @param method what it is a parameter of, such as {@code [logsIn()]}
     * @return the element
     */
    public static TestElement ofParameter(Parameter parameter, String name, String method) {
        return new TestElement(parameter, owner(parameter), name, name, "parameter [" + name + "] of " + method);
    }

    /**
     * A parameter whose name is unknown: compilers keep it only if they are told to. Messages show its number and type.
     *
     * @param parameter the parameter
     * @param title what the title of its server has in place of the name
     * @param method what it is a parameter of, such as {@code [logsIn()]}
     * @return the element
     */
    public static TestElement ofUnnamedParameter(Parameter parameter, String title, String method) {
        return new TestElement(
                parameter,
                owner(parameter),
                "",
                title,
                "parameter " + number(parameter) + " (" + parameter.getType().getSimpleName() + ") of " + method);
    }

    /** From 1, as the source has it: the first parameter of an inner class's constructor is the outer object. */
    private static int number(Parameter parameter) {
        Executable executable = parameter.getDeclaringExecutable();
        Class<?> owner = executable.getDeclaringClass();
        boolean hasOuter =
                executable instanceof Constructor && owner.isMemberClass() && !Modifier.isStatic(owner.getModifiers());
        return Arrays.asList(executable.getParameters()).indexOf(parameter) + (hasOuter ? 0 : 1);
    }

    private static Class<?> owner(Parameter parameter) {
        return parameter.getDeclaringExecutable().getDeclaringClass();
    }
}
