package io.socketharness;

class TlsTransportContractTest extends InetContract {

    @Override
    String url() {
        return "tls:";
    }
}
