package io.socketharness.examples.broken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.socketharness.testing.Reports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What a console shows of a test that fails: what it prints to the standard error, then its exception. */
final class Console {

    /** Frames of the JDK and of the libraries around a test, which those who read a failure pass over. */
    private static final Pattern FOREIGN = Pattern.compile(
            "\\s+(at (java\\.base/|java\\.net\\.http/|java\\.|jdk\\.|org\\.junit\\.|org\\.assertj\\.).*|\\.\\.\\. \\d+ more)");

    private Console() {}

    /** Runs a test alone; the frames, ports and times that differ from run to run are left out or masked. */
    static String of(Method test) {
        return masked(printed(() -> stackTrace(failure(test))));
    }

    private static String printed(Supplier<String> run) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));
        String failure;
        try {
            failure = run.get();
        } finally {
            System.setErr(before);
        }
        return printed.toString(UTF_8) + failure;
    }

    private static Throwable failure(Method test) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("socketharness.capture", "never")
                .selectors(selectMethod(test.getDeclaringClass(), test))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(Console::failure)
                .findFirst()
                .orElseThrow(() -> new AssertionError(test.getName() + " passed"));
    }

    private static Throwable failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter out = new StringWriter();
        failure.printStackTrace(new PrintWriter(out));
        return out.toString()
                .lines()
                .filter(line -> !FOREIGN.matcher(line).matches())
                .collect(Collectors.joining("\n"));
    }

    private static String masked(String report) {
        return Reports.normal(report)
                .replaceAll("\\d+\\.\\d ms", "TIME")
                .replaceAll("\\.java:\\d+\\)", ".java:LINE)")
                // these differ between versions of the JDK
                .replaceAll("ClientHello, \\d+ bytes", "ClientHello, SIZE bytes")
                .replaceAll("(HTTP/1\\.1\\\\r\\\\n).*?… \\(\\d+ bytes\\)", "$1… (SIZE bytes)")
                .replace("(certificate_unknown) PKIX", "PKIX")
                .replaceAll("(?m) +$", "")
                .replace("\t", "    ")
                .strip();
    }
}
