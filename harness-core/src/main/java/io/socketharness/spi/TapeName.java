package io.socketharness.spi;

import io.socketharness.internal.KnownWords;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a test's tape, with its placeholders replaced. */
final class TapeName {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final List<String> PLACEHOLDERS = List.of("class", "method", "index");
    private static final Pattern UNUSUAL = Pattern.compile("[^\\p{L}\\p{N}._-]+");

    private final String name;
    private final TestElement element;
    private final TestRun test;

    private TapeName(String name, TestElement element, TestRun test) {
        this.name = name;
        this.element = element;
        this.test = test;
    }

    static String of(String name, TestElement element, TestRun test) {
        return new TapeName(name, element, test).resolved();
    }

    private String resolved() {
        requireDistinct();
        Matcher matcher = PLACEHOLDER.matcher(name);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(value(matcher.group(1))));
        }
        String resolved = matcher.appendTail(out).toString();
        if (resolved.endsWith("/")
                || resolved.startsWith("//")
                || List.of(resolved.split("/")).contains("..")) {
            throw new IllegalArgumentException("tape \"" + resolved + "\" is not the name of a file; use a name such as"
                    + " redis.tape, or /tapes/redis.tape from the root of the resources");
        }
        return resolved;
    }

    /** Each server needs its own tape. */
    private void requireDistinct() {
        if (test.method() != null && !isOfMethod() && !name.contains("{method}")) {
            throw new IllegalArgumentException("tape \"" + name + "\" is the same for all tests that " + element.place()
                    + " gives a server; put {method} into it, such as {class}-{method}.tape");
        }
        if (!test.index().isEmpty() && !name.contains("{index}")) {
            throw new IllegalArgumentException("tape \"" + name + "\" is the same for all invocations of "
                    + test.methodName() + "; put {index} into it, such as {method}-{index}.tape");
        }
    }

    private boolean isOfMethod() {
        AnnotatedElement declared = element.reflection();
        AnnotatedElement of = declared instanceof Parameter parameter ? parameter.getDeclaringExecutable() : declared;
        return of instanceof Method && of.equals(test.method());
    }

    private String value(String placeholder) {
        return switch (placeholder) {
            case "class" -> className();
            case "method" -> method();
            case "index" -> test.index().isEmpty() ? "1" : test.index();
            default ->
                throw new IllegalArgumentException("tape \"" + name + "\" contains {" + placeholder + "}; "
                        + KnownWords.hint(placeholder, PLACEHOLDERS, "{class}, {method} and {index} are allowed"));
        };
    }

    /** A nested class with the classes around it: other classes may have one of the same name. */
    private String className() {
        Class<?> type = test.testClass();
        int packageEnd =
                type.getPackageName().isEmpty() ? 0 : type.getPackageName().length() + 1;
        return fileName(type.getName().substring(packageEnd).replace('$', '-'));
    }

    private String method() {
        if (test.methodName().isEmpty()) {
            throw new IllegalArgumentException("tape \"" + name + "\" contains {method}, but " + element.place()
                    + (isStatic() ? ", which is static," : "") + " has one server for all tests; use {class}");
        }
        return fileName(test.methodName());
    }

    private boolean isStatic() {
        return element.reflection() instanceof Field field && Modifier.isStatic(field.getModifiers());
    }

    /** The words of a feature may have any characters. */
    private static String fileName(String words) {
        return UNUSUAL.matcher(words.strip()).replaceAll("-");
    }
}
