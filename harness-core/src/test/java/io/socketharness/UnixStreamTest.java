package io.socketharness;

class UnixStreamTest extends StreamContract {

    @Override
    String url() {
        return "unix:";
    }
}
