package io.socketharness;

class UnixContractTest extends TransportContract {

    @Override
    String url() {
        return "unix:";
    }
}
