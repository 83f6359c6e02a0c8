package io.socketharness;

class TcpStreamTest extends StreamContract {

    @Override
    String url() {
        return "tcp:";
    }
}
