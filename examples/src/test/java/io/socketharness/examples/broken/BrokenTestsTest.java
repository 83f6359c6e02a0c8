package io.socketharness.examples.broken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the console shows of each of the {@link Mistakes} is in a file with the name of the test. */
@Timeout(60)
class BrokenTestsTest {

    static Stream<Named<Method>> mistakes() {
        return Arrays.stream(Mistakes.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> Named.of(method.getName(), method));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void showsTheCauseFirst(Method mistake) throws IOException {
        assertThat(Console.of(mistake)).isEqualTo(pinned(mistake.getName()).strip());
    }

    private static String pinned(String name) throws IOException {
        try (InputStream file = BrokenTestsTest.class.getResourceAsStream(name + ".txt")) {
            assertThat(file).as("the file " + name + ".txt").isNotNull();
            return new String(file.readAllBytes(), UTF_8);
        }
    }
}
