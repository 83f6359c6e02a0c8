package io.socketharness;

class UdpContractTest extends TransportContract {

    @Override
    String url() {
        return "udp:";
    }
}
