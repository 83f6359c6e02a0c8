package io.socketharness;

class UnixDatagramTransportContractTest extends TransportContract {

    @Override
    String url() {
        return "udg:";
    }
}
