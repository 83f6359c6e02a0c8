package io.socketharness.spi;

import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.Tape;
import io.socketharness.internal.KnownWords;
import io.socketharness.internal.spec.ServerOption;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import io.socketharness.tls.TlsSessions;
import io.socketharness.tls.TlsSettings;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Converts an annotation that declares a server into a {@link ServerSpec}, in the same way for all test frameworks.
 *
 * <p>An annotation may have these attributes:
 * <ul>
 *   <li>attributes with the meaning of the {@link ServerSpecBuilder} methods of the same name: {@code transport},
 *       {@code host}, {@code port}, {@code backlog}, {@code timeout} (text such as {@code 200ms}), {@code strict},
 *       {@code optional}, {@code conversation}, {@code recordingLimit}, {@code messageLimit},
 *       {@code skipIfUnsupported}, {@code name}, {@code path}, {@code umask}, {@code mode}, {@code replaceStale},
 *       {@code receiveBuffer}, {@code network} (texts such as {@code latency 150ms}), {@code seed},
 *       {@code redact} and {@code properties}
 *   <li>attributes with the meaning of the {@link TlsSettings.Builder} methods of the same name: {@code certificate},
 *       {@code certificateHosts}, {@code clientCertificate}, {@code protocols}, {@code cipherSuites} and
 *       {@code applicationProtocols}
 *   <li>{@code resumption}: false for {@link TlsSessions#none()}
 *   <li>{@code scripts}: texts of scripts that serve one connection each
 *   <li>one of {@code script} (the text of a script that serves every other connection), {@code scriptResource} (the
 *       name of a resource with such a text), {@code behaviour} (a class with a constructor without parameters) and
 *       {@code forwardTo} (the address of a real server, as for {@link Behaviours#forwardTo})
 *   <li>{@code tape}: the name of a tape, which is replayed, or recorded from the server of {@code forwardTo};
 *       {@code mask}: regular expressions for {@link Tape#mask}
 * </ul>
 * An empty text means the default.
 */
public final class AnnotatedServer {

    private final Class<?> anchor;
    private final ServerSpecBuilder builder;

    private @Nullable String behaviourFrom;
    private boolean hasScripts;
    private boolean hasTape;
    private boolean hasMask;

    private AnnotatedServer(ServerSpecBuilder builder, Class<?> anchor) {
        this.builder = builder;
        this.anchor = anchor;
    }

    /**
     * Returns the specification that an annotation declares.
     *
     * @param annotation an annotation with the attributes above; missing attributes have their defaults
     * @param anchor the class whose package contains the resources
     * @param defaultName the name of the server if the annotation has none, such as {@code LoginTest.mail}
     * @return the specification, with the scripts
     * @throws IllegalArgumentException if a value is invalid; the message says what was found and what is allowed
     */
    public static ServerSpec spec(Annotation annotation, Class<?> anchor, String defaultName) {
        String transport = "tcp";
        List<Method> attributes = new ArrayList<>();
        for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
            if (attribute.getName().equals("transport")) {
                transport = (String) value(annotation, attribute);
            } else {
                attributes.add(attribute);
            }
        }
        ServerSpecBuilder builder = ServerSpec.builder(transport).name(defaultName);
        AnnotatedServer reader = new AnnotatedServer(builder, anchor);
        // Reflection returns no defined order; sort for the same error each time.
        attributes.sort((a, b) -> a.getName().compareTo(b.getName()));
        attributes.forEach(attribute -> reader.read(attribute.getName(), value(annotation, attribute)));
        reader.checkTape();
        return builder.build();
    }

    /**
     * Finds the annotations of a type on an element: direct ones, repeated ones in their container, and those of
     * composed annotations. Inherited annotations are not included.
     *
     * @param <A> the type of the annotations
     * @param element the element
     * @param type the type of the annotations
     * @return the annotations, in the order of the source
     */
    public static <A extends Annotation> List<A> declared(AnnotatedElement element, Class<A> type) {
        List<A> found = new ArrayList<>();
        collect(element, type, found, new HashSet<>());
        return found;
    }

    private static <A extends Annotation> void collect(
            AnnotatedElement element, Class<A> type, List<A> found, Set<AnnotatedElement> seen) {
        Repeatable repeatable = type.getAnnotation(Repeatable.class);
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (type.isInstance(annotation)) {
                found.add(type.cast(annotation));
            } else if (repeatable != null && repeatable.value().isInstance(annotation)) {
                for (Object one : (Object[]) value(annotation, attribute(annotation, "value"))) {
                    found.add(type.cast(one));
                }
            } else if (seen.add(annotation.annotationType())) {
                collect(annotation.annotationType(), type, found, seen);
            }
        }
    }

    private static Method attribute(Annotation annotation, String name) {
        try {
            return annotation.annotationType().getDeclaredMethod(name);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(annotation + " has no " + name, impossible);
        }
    }

    /** The value of an attribute; empty if the annotation has no such attribute. */
    static String text(Annotation annotation, String name) {
        return has(annotation, name) ? (String) value(annotation, attribute(annotation, name)) : "";
    }

    /** The values of an attribute; none if the annotation has no such attribute. */
    static List<String> texts(Annotation annotation, String name) {
        return has(annotation, name) ? List.of((String[]) value(annotation, attribute(annotation, name))) : List.of();
    }

    /** The value of an attribute that the annotation must have. */
    static Object value(Annotation annotation, String name) {
        return value(annotation, attribute(annotation, name));
    }

    private static boolean has(Annotation annotation, String name) {
        return Arrays.stream(annotation.annotationType().getDeclaredMethods())
                .anyMatch(attribute -> attribute.getName().equals(name));
    }

    private static Object value(Annotation annotation, Method attribute) {
        try {
            attribute.setAccessible(true);
            return attribute.invoke(annotation);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot read " + attribute, impossible);
        }
    }

    private void read(String attribute, Object value) {
        if (value.equals("") || value instanceof String[] list && list.length == 0) {
            return;
        }
        switch (attribute) {
            case "script" -> serve("script", () -> Script.parse((String) value, anchor));
            case "forwardTo" -> serve("forwardTo", () -> Script.of(Behaviours.forwardTo((String) value)));
            case "scriptResource" -> serve("scriptResource", () -> Script.resource(anchor, (String) value));
            case "behaviour" -> behaviour((Class<?>) value);
            case "scripts" -> {
                hasScripts = true;
                builder.scripts(scripts((String[]) value));
            }
            case "tape" -> hasTape = true;
            case "mask" -> {
                hasMask = true;
                checkMasks((String[]) value);
            }
            default -> set(attribute, value);
        }
    }

    /** The tape itself depends on the run of the test, see {@link TapePlan}. */
    private void checkTape() {
        String other = hasScripts ? "scripts" : behaviourFrom;
        if (hasTape && other != null && !other.equals("forwardTo")) {
            throw new IllegalArgumentException("found tape and " + other
                    + "; a server replays a tape or runs scripts: only forwardTo goes with tape");
        }
        if (hasMask && !hasTape) {
            throw new IllegalArgumentException("found mask without tape; mask declares the variable parts of a tape");
        }
    }

    private static void checkMasks(String[] masks) {
        for (String mask : masks) {
            Tape.parse("").mask(mask);
        }
    }

    private void set(String attribute, Object value) {
        ServerOption option = ServerOption.find(ServerOption.ALL, attribute).orElseThrow(() -> unknown(attribute));
        // The errors of this option do not contain its name.
        if (option == ServerOption.PROTOCOLS) {
            named(attribute, () -> option.set(builder, value));
        } else {
            option.set(builder, value);
        }
    }

    private static IllegalArgumentException unknown(String attribute) {
        List<String> known = new ArrayList<>(List.of("transport"));
        known.addAll(ServerOption.names(ServerOption.ALL));
        known.addAll(List.of("script", "scripts", "scriptResource", "behaviour", "forwardTo", "tape", "mask"));
        return new IllegalArgumentException(
                "unknown attribute \"" + attribute + "\"; " + KnownWords.hint(attribute, known));
    }

    private List<Script> scripts(String[] texts) {
        List<Script> scripts = new ArrayList<>();
        for (String text : texts) {
            scripts.add(named("scripts[" + scripts.size() + "]", () -> Script.parse(text, anchor)));
        }
        return scripts;
    }

    private void behaviour(Class<?> type) {
        if (type != Behaviour.class) {
            serve("behaviour", () -> Script.of(instance(type)));
        }
    }

    private void serve(String attribute, Supplier<Script> script) {
        if (behaviourFrom != null) {
            throw new IllegalArgumentException("found " + behaviourFrom + " and " + attribute
                    + "; one of script, scriptResource, behaviour and forwardTo is allowed");
        }
        behaviourFrom = attribute;
        builder.script(named(attribute, script));
    }

    private static Behaviour instance(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Behaviour) constructor.newInstance();
        } catch (InvocationTargetException thrown) {
            throw new IllegalArgumentException(
                    "the constructor of " + type.getName() + " threw " + thrown.getCause(), thrown.getCause());
        } catch (ReflectiveOperationException | InaccessibleObjectException unusable) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " cannot be instantiated; use a top-level or static class that is not abstract and"
                            + " has a constructor without parameters; in a module, open its package to"
                            + " io.socketharness.core",
                    unusable);
        }
    }

    private static <T> T named(String attribute, Supplier<T> value) {
        try {
            return value.get();
        } catch (ScriptSyntaxException wrong) {
            // The message contains the line; with several scripts it also needs the script.
            throw attribute.equals("script") ? wrong : prefixed(attribute, wrong);
        } catch (IllegalArgumentException wrong) {
            throw prefixed(attribute, wrong);
        }
    }

    private static IllegalArgumentException prefixed(String attribute, IllegalArgumentException wrong) {
        // The exception itself is not the cause, because its text would be printed twice.
        return new IllegalArgumentException(attribute + ": " + wrong.getMessage(), wrong.getCause());
    }
}
