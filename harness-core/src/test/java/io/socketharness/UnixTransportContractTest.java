package io.socketharness;

class UnixTransportContractTest extends TransportContract {

    @Override
    String url() {
        return "unix:";
    }
}
