package io.socketharness;

class UnixDatagramContractTest extends TransportContract {

    @Override
    String url() {
        return "udg:";
    }
}
