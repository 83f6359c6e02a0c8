package io.socketharness.spock;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The annotations are those of the JUnit extension. */
class AnnotationsTest {

    @Test
    void theServerHasTheSameAttributes() {
        assertThat(attributes(SocketServer.class))
                .containsKeys("transport", "script", "umask")
                .isEqualTo(attributes(io.socketharness.junit5.SocketServer.class));
        assertThat(attributes(FromServer.class)).isEqualTo(attributes(io.socketharness.junit5.FromServer.class));
    }

    @Test
    void theSweepHasTheSameAttributes() {
        assertThat(attributes(FaultSweep.class))
                .containsKeys("tolerates", "known")
                .isEqualTo(attributes(io.socketharness.junit5.FaultSweep.class));
    }

    @Test
    void andStandsInTheSamePlaces() {
        same(SocketServer.class, io.socketharness.junit5.SocketServer.class);
        same(SocketServers.class, io.socketharness.junit5.SocketServers.class);
        same(FromServer.class, io.socketharness.junit5.FromServer.class);
        same(FaultSweep.class, io.socketharness.junit5.FaultSweep.class);
    }

    private static void same(Class<? extends Annotation> one, Class<? extends Annotation> other) {
        assertThat(one.getAnnotation(Target.class)).isEqualTo(other.getAnnotation(Target.class));
        assertThat(one.getAnnotation(Retention.class)).isEqualTo(other.getAnnotation(Retention.class));
        assertThat(one.isAnnotationPresent(Inherited.class)).isEqualTo(other.isAnnotationPresent(Inherited.class));
    }

    /** Type and default of each attribute, by its name. */
    private static Map<String, String> attributes(Class<? extends Annotation> type) {
        return Arrays.stream(type.getDeclaredMethods()).collect(toMap(Method::getName, AnnotationsTest::describe));
    }

    private static String describe(Method attribute) {
        Object[] value = {attribute.getDefaultValue()};
        return attribute.getGenericReturnType() + " " + Arrays.deepToString(value);
    }
}
