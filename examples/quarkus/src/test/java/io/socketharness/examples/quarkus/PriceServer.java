package io.socketharness.examples.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.socketharness.FakeServer;
import java.util.Map;

/** A server that lives as long as the application that is told of it. */
// tag::resource[]
public class PriceServer implements QuarkusTestResourceLifecycleManager {

    private final FakeServer prices = FakeServer.start("tcp:");

    @Override
    public Map<String, String> start() {
        return prices.properties("prices.host=${host}", "prices.port=${port}");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(prices, new TestInjector.MatchesType(FakeServer.class));
    }

    @Override
    public void stop() {
        prices.close();
    }
}
// end::resource[]
