package io.socketharness;

class UnixDatagramsTest extends DatagramContract {

    @Override
    String url() {
        return "udg:";
    }
}
