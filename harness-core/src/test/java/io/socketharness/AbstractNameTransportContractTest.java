package io.socketharness;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class AbstractNameTransportContractTest extends TransportContract {

    private final String name = "socket-harness-contract-" + System.nanoTime();

    @Override
    String url() {
        return "unix:@" + name;
    }
}
