package io.socketharness;

class UdpTransportContractTest extends InetContract {

    @Override
    String url() {
        return "udp:";
    }
}
