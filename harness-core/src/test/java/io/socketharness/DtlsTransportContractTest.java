package io.socketharness;

class DtlsTransportContractTest extends InetContract {

    @Override
    String url() {
        return "dtls:";
    }
}
