package io.socketharness;

class UdpContractTest extends InetContract {

    @Override
    String url() {
        return "udp:";
    }
}
