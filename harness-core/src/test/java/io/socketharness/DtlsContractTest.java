package io.socketharness;

class DtlsContractTest extends InetContract {

    @Override
    String url() {
        return "dtls:";
    }
}
