package io.socketharness;

class TcpTransportContractTest extends InetContract {

    @Override
    String url() {
        return "tcp:";
    }
}
