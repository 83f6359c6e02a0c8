package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.spi.TestElement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElementsTest {

    @Test
    void aParameterIsShownByItsName() throws ReflectiveOperationException {
        TestElement element = Elements.of(
                ElementsTest.class.getDeclaredMethod("named", FakeServer.class).getParameters()[0]);

        assertThat(element.place()).isEqualTo("parameter [mail] of [named()]");
        assertThat(element.name()).isEqualTo("mail");
        assertThat(element.title()).isEqualTo("mail");
    }

    void named(FakeServer mail) {}

    /** The JDK is compiled without the names of parameters, as most tests are. */
    @Test
    void aParameterWithoutANameIsShownByItsNumberAndType() throws ReflectiveOperationException {
        TestElement element = Elements.of(
                Map.class.getMethod("put", Object.class, Object.class).getParameters()[1]);

        assertThat(element.place()).isEqualTo("parameter 2 (Object) of [put()]");
        assertThat(element.name()).isEmpty();
        assertThat(element.title()).isEqualTo("put");
        assertThat(Elements.of(String.class.getConstructor(String.class).getParameters()[0])
                        .place())
                .isEqualTo("parameter 1 (String) of the constructor of [String]");
    }
}
