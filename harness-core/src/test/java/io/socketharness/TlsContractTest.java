package io.socketharness;

class TlsContractTest extends TransportContract {

    @Override
    String url() {
        return "tls:";
    }
}
