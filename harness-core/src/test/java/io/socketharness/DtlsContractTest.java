package io.socketharness;

class DtlsContractTest extends TransportContract {

    @Override
    String url() {
        return "dtls:";
    }
}
