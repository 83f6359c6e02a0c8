package io.socketharness;

class UnixDatagramContractTest extends DatagramContract {

    @Override
    String url() {
        return "udg:";
    }
}
