package io.socketharness;

class TcpContractTest extends TransportContract {

    @Override
    String url() {
        return "tcp:";
    }
}
