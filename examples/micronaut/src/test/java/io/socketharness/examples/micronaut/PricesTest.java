package io.socketharness.examples.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A server of the test class, whose address the context gets when it is made. */
// tag::provider[]
@MicronautTest
@TestInstance(Lifecycle.PER_CLASS) // required for a TestPropertyProvider
class PricesTest implements TestPropertyProvider {

    @SocketServer(script = """
            C: PRICE tea
            S: 4.20
            """)
    static FakeServer prices;

    @Override
    public Map<String, String> getProperties() {
        return prices.properties("prices.host=${host}", "prices.port=${port}");
    }

    @Test
    void returnsThePriceOfTheServer(Prices client) throws Exception {
        assertThat(client.of("tea")).isEqualTo("4.20");
    }
}
// end::provider[]
