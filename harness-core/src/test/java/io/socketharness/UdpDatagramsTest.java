package io.socketharness;

class UdpDatagramsTest extends DatagramContract {

    @Override
    String url() {
        return "udp:";
    }
}
