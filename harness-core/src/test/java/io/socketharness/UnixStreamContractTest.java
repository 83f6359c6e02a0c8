package io.socketharness;

class UnixStreamContractTest extends StreamContract {

    @Override
    String url() {
        return "unix:";
    }
}
