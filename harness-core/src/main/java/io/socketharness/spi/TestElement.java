package io.socketharness.spi;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;

/**
 * An element of a test's source that may be annotated, by the names that its author gave; in the class file of some
 * frameworks it has others.
 *
 * @param reflection has the annotations
 * @param owner the class that it is, or that declares it
 * @param name its name
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
}
