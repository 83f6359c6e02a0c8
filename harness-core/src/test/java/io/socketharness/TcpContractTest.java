package io.socketharness;

class TcpContractTest extends InetContract {

    @Override
    String url() {
        return "tcp:";
    }
}
