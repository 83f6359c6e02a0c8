package io.socketharness.spi;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;

/**
 * An annotated element of a test's source, with the names used in the source. Some frameworks use other names in the
 * class file.
 *
 * @param reflection the element with the annotations
 * @param owner the class itself, or the class that declares the element
 * @param name the name; empty if it is not in the class file
 * @param title the name in the title of a server, also if the name of a parameter is unknown
 * @param place the place for messages, such as {@code field [mail] of [LoginTest]}
 */
public record TestElement(AnnotatedElement reflection, Class<?> owner, String name, String title, String place) {

    /**
     * Returns the element of a test class.
     *
     * @param type the class
     * @param kind the term for the class in messages, such as {@code class}
     * @return the element
     */
    public static TestElement ofClass(Class<?> type, String kind) {
        String name = type.getSimpleName();
        return new TestElement(type, type, name, name, kind + " [" + name + "]");
    }

    /**
     * Returns the element of a field.
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
     * Returns the element of a parameter whose name is in the class file.
     *
     * @param parameter the parameter
     * @param name its name in the source
     * @param method the method of the parameter, such as {@code [logsIn()]}
     * @return the element
     */
    public static TestElement ofParameter(Parameter parameter, String name, String method) {
        return new TestElement(parameter, owner(parameter), name, name, "parameter [" + name + "] of " + method);
    }

    /**
     * Returns the element of a parameter whose name is unknown, because compilers keep the names only with an option.
     * Messages show its number and type.
     *
     * @param parameter the parameter
     * @param title replaces the name in the title of the server
     * @param method the method of the parameter, such as {@code [logsIn()]}
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

    /**
     * Returns the number from 1 as in the source: the first parameter of an inner class's constructor is the outer
     * object.
     */
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
