package io.socketharness.junit5;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The time limits that JUnit applies to a method: by {@link Timeout} or by its configuration parameters. */
final class TimeLimits {

    /** The kinds of methods that JUnit has defaults for, by the middle of the parameter's name. */
    enum Kind {
        TEST("test", true),
        TEST_TEMPLATE("testtemplate", true),
        BEFORE_ALL("beforeall", false),
        BEFORE_EACH("beforeeach", false),
        AFTER_EACH("aftereach", false),
        AFTER_ALL("afterall", false);

        private final String name;
        private final boolean testable;

        Kind(String name, boolean testable) {
            this.name = name;
            this.testable = testable;
        }

        private String group() {
            return testable ? "testable" : "lifecycle";
        }
    }

    private static final String PREFIX = "junit.jupiter.execution.timeout.";
    private static final Pattern FORM = Pattern.compile("([1-9]\\d*) ?(ns|μs|ms|s|m|h|d)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "μs", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private TimeLimits() {}

    /** The limit of a method, if JUnit applies one. */
    static Optional<Duration> of(ExtensionContext context, Method method, Kind kind) {
        if (isOff(context)) {
            return Optional.empty();
        }
        return AnnotationSupport.findAnnotation(method, Timeout.class)
                .or(() -> kind.testable ? ofClass(context) : Optional.empty())
                .map(timeout -> Duration.of(timeout.value(), timeout.unit().toChronoUnit()))
                .or(() -> parameter(context, kind.name + ".method.default"))
                .or(() -> parameter(context, kind.group() + ".method.default"))
                .or(() -> parameter(context, "default"));
    }

    /** Whether JUnit threw it because a method has exceeded its limit. A client can throw the same class. */
    static boolean isExceeded(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return thrown instanceof TimeoutException
                && frames.length > 0
                && frames[0].getClassName().startsWith("org.junit.jupiter.engine.extension.Timeout");
    }

    /** The annotation of the class, or of the nearest class around it that has one. */
    private static Optional<Timeout> ofClass(ExtensionContext context) {
        Optional<Timeout> nearest = Optional.empty();
        for (Class<?> type : new Scope(context).testClasses()) {
            Optional<Timeout> own = AnnotationSupport.findAnnotation(type, Timeout.class);
            nearest = own.isPresent() ? own : nearest;
        }
        return nearest;
    }

    private static Optional<Duration> parameter(ExtensionContext context, String name) {
        return context.getConfigurationParameter(PREFIX + name)
                .map(value -> FORM.matcher(value.strip()))
                .filter(Matcher::matches)
                .map(form -> Duration.of(
                        Long.parseLong(form.group(1)),
                        UNITS.get(form.group(2) == null ? "s" : form.group(2).toLowerCase(Locale.ROOT))));
    }

    private static boolean isOff(ExtensionContext context) {
        return switch (context.getConfigurationParameter(PREFIX + "mode").orElse("enabled")) {
            case "disabled" -> true;
            case "disabled_on_debug" -> isDebugged();
            default -> false;
        };
    }

    /** As JUnit finds out. */
    private static boolean isDebugged() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
    }
}
