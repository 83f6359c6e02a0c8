package io.socketharness.network;

import static io.socketharness.network.NetworkConditions.*;
import static io.socketharness.script.Behaviours.*;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import java.io.*;
import java.net.*;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NetworkSmokeTest {

    static ServerSpec spec(String url, NetworkCondition... c) {
        return ServerSpec.parse(url).toBuilder().network(c).seed(7).build();
    }

    @Test
    void latency() throws Exception {
        try (FakeServer server = FakeServer.start(
                        spec("tcp:", NetworkConditions.latency(Duration.ofMillis(100))),
                        expectLine("PING"),
                        sendLine("PONG"));
                Socket s = new Socket(server.host(), server.port())) {
            long t = System.nanoTime();
            s.getOutputStream().write("PING\r\n".getBytes());
            byte[] b = s.getInputStream().readNBytes(6);
            long ms = (System.nanoTime() - t) / 1_000_000;
            System.out.println("rtt " + ms + " " + new String(b));
            s.shutdownOutput();
            System.out.println(s.getInputStream().read());
            server.verify();
            System.out.println(server.recording());
        }
    }

    @Test
    void sliced() throws Exception {
        try (FakeServer server = FakeServer.start(spec("tcp:", slice(1).every(Duration.ofMillis(2))), echo());
                Socket s = new Socket(server.host(), server.port())) {
            s.getOutputStream().write("hello".getBytes());
            byte[] buf = new byte[100];
            for (int n = 0; n < 5; ) {
                int r = s.getInputStream().read(buf);
                System.out.print(r + " ");
                n += r;
            }
            System.out.println();
        }
    }

    @Test
    void limitReset() throws Exception {
        try (FakeServer server = FakeServer.start(
                        spec("tcp:", limit(3).reset().toClient()),
                        expectLine("PING"),
                        sendLine("PONG"),
                        expectLine("MORE"));
                Socket s = new Socket(server.host(), server.port())) {
            s.getOutputStream().write("PING\r\n".getBytes());
            try {
                Thread.sleep(100);
                System.out.println(new String(s.getInputStream().readAllBytes()));
            } catch (IOException e) {
                System.out.println(e);
            }
            server.verify();
            System.out.println(server.recording());
        }
    }

    @Test
    void limitClose() throws Exception {
        try (FakeServer server = FakeServer.start(
                        spec("tcp:", limit(3).close().toClient()),
                        expectLine("PING"),
                        sendLine("PONG"),
                        expectLine("MORE"));
                Socket s = new Socket(server.host(), server.port())) {
            s.getOutputStream().write("PING\r\n".getBytes());
            System.out.println(new String(s.getInputStream().readAllBytes()));
            server.verify();
            System.out.println(server.recording());
        }
    }

    @Test
    void udpLoss() throws Exception {
        try (FakeServer server = FakeServer.start(
                        spec(
                                "udp:",
                                loss(0.3).burst(3),
                                NetworkConditions.latency(Duration.ofMillis(20)).jitter(Duration.ofMillis(5))),
                        echo());
                DatagramSocket s = new DatagramSocket()) {
            s.connect(server.address());
            s.setSoTimeout(100);
            for (int i = 0; i < 10; i++) {
                byte[] d = ("m" + i).getBytes();
                s.send(new DatagramPacket(d, d.length));
                try {
                    DatagramPacket p = new DatagramPacket(new byte[100], 100);
                    s.receive(p);
                    System.out.print(new String(p.getData(), 0, p.getLength()) + " ");
                } catch (SocketTimeoutException e) {
                    System.out.print("lost ");
                }
            }
            System.out.println();
            server.verify();
            System.out.println(server.recording());
        }
    }
}
