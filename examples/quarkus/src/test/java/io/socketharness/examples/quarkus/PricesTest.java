package io.socketharness.examples.quarkus;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.socketharness.FakeServer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server of the application, which gives it to the tests. */
@SuppressWarnings("NullAway.Init") // the resource sets the field
// tag::test[]
@QuarkusTest
@WithTestResource(PriceServer.class)
class PricesTest {

    FakeServer prices; // set by the resource

    @Inject
    Prices client;

    @Test
    void returnsThePriceOfTheServer() throws Exception {
        prices.enqueue(expectLine("PRICE tea"), sendLine("4.20"));

        assertThat(client.of("tea")).isEqualTo("4.20");
    }

    @AfterEach
    void verify() {
        prices.verify(); // no extension knows this server, so the test verifies it
    }
}
// end::test[]
