package io.socketharness;

class UdpDatagramContractTest extends DatagramContract {

    @Override
    String url() {
        return "udp:";
    }
}
