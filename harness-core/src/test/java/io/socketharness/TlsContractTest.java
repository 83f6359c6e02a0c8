package io.socketharness;

class TlsContractTest extends InetContract {

    @Override
    String url() {
        return "tls:";
    }
}
