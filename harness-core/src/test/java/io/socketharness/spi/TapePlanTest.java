package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has its own tape. */
class TapePlanTest {

    @TempDir
    Path directory;

    @Retention(RetentionPolicy.RUNTIME)
    @interface Server {
        String tape();

        String forwardTo() default "tcp://localhost:1";
    }

    private Optional<TapePlan> plan(String name, int parameters) {
        Method method = Arrays.stream(TapePlanTest.class.getDeclaredMethods())
                .filter(one -> one.getName().equals(name) && one.getParameterCount() == parameters)
                .findFirst()
                .orElseThrow();
        TestElement element = new TestElement(method, TapePlanTest.class, name, name, "method [" + name + "()]");
        TestRun test = new TestRun(
                TapePlanTest.class,
                method,
                name,
                "",
                parameter -> Optional.ofNullable(
                        Map.of(TapeMode.PROPERTY, "auto", TapeLocation.PROPERTY, directory.toString())
                                .get(parameter)));
        return TapePlan.of(new ServerDeclaration(method.getAnnotation(Server.class), "", element), test);
    }

    /** Their servers start at the same time, and neither finds a tape. */
    @Test
    void oneOfTwoTestsThatRunAtTheSameTimeIsRefused() {
        assertThat(plan("one", 0)).isPresent();
        assertThat(plan("one", 0)).isPresent();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("two", 0))
                .withMessageContainingAll("plan.tape is the tape of " + TapePlanTest.class.getName()
                        + ".one, method [one()] in this run,"
                        + " and not of " + TapePlanTest.class.getName() + ".two, method [two()]; give each server"
                        + " its own tape");
    }

    @Test
    void oneOfTwoOverloadedMethodsIsRefused() {
        assertThat(plan("two", 0)).isPresent();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("two", 1))
                .withMessageContainingAll("TapePlanTest.two() in this run", "TapePlanTest.two(int); give each server");
    }

    @Server(tape = "plan.tape")
    static void one() {}

    @Server(tape = "plan.tape")
    static void two() {}

    @Server(tape = "plan.tape")
    static void two(int repetition) {}
}
