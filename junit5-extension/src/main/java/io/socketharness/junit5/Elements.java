package io.socketharness.junit5;

import io.socketharness.spi.TestElement;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

/** Converts annotated elements of JUnit tests to {@link TestElement}s. */
final class Elements {

    private Elements() {}

    static TestElement of(AnnotatedElement element) {
        if (element instanceof Parameter parameter) {
            return ofParameter(parameter);
        }
        if (element instanceof Field field) {
            return TestElement.ofField(field, field.getName());
        }
        return element instanceof Executable executable
                ? ofExecutable(executable)
                : TestElement.ofClass(
                        (Class<?>) element, JUnitFramework.INSTANCE.words().container());
    }

    private static TestElement ofExecutable(Executable executable) {
        Class<?> owner = executable.getDeclaringClass();
        String name = name(executable);
        String place = executable instanceof Method ? "method [" + name + "()]" : constructor(name);
        return new TestElement(executable, owner, name, name, place);
    }

    private static TestElement ofParameter(Parameter parameter) {
        Executable executable = parameter.getDeclaringExecutable();
        String of = name(executable);
        String place = executable instanceof Method ? "[" + of + "()]" : constructor(of);
        return parameter.isNamePresent()
                ? TestElement.ofParameter(parameter, parameter.getName(), place)
                : TestElement.ofUnnamedParameter(parameter, of, place);
    }

    private static String name(Executable executable) {
        return executable instanceof Constructor
                ? executable.getDeclaringClass().getSimpleName()
                : executable.getName();
    }

    private static String constructor(String name) {
        return "the constructor of [" + name + "]";
    }
}
