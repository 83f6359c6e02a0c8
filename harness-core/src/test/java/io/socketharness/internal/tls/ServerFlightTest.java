package io.socketharness.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Records of servers, also those that the JDK sends rarely. */
class ServerFlightTest {

    private static final String RANDOM = "ab".repeat(32);
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    private static final String CHANGE_OF_CIPHER = "14 0303 0001 01";
    private static final String CERTIFICATE = "0b 000003 000000";
    private static final String TICKET = "04 000006 00000000 0000";
    private static final String VERSION = "002b 0002 0304";
    private static final String KEY_SHARE = "0033 0002 0017";
    private static final String PRE_SHARED_KEY = "0029 0002 0000";

    private final ServerFlight flight = new ServerFlight();

    @Test
    void aCertificateMeansAFullHandshake() {
        see(handshake(hello(RANDOM) + CERTIFICATE));
        see(handshake(TICKET));
        see(CHANGE_OF_CIPHER);

        assertThat(flight.isResumed()).isFalse();
    }

    @Test
    void aTicketAfterTheHelloMeansAResumedSession() {
        see(handshake(hello(RANDOM) + TICKET));

        assertThat(flight.isResumed()).isTrue();
    }

    @Test
    void aChangeOfCipherAfterTheHelloMeansAResumedSession() {
        see(handshake(hello(RANDOM)));
        assertThat(flight.isResumed()).isFalse();
        see(CHANGE_OF_CIPHER);

        assertThat(flight.isResumed()).isTrue();
    }

    @Test
    void aHelloWithoutExtensionsIsOld() {
        see(handshake(message(2, "0303" + RANDOM + "00" + "1301" + "00")));
        see(CHANGE_OF_CIPHER);

        assertThat(flight.isResumed()).isTrue();
    }

    @Test
    void aPreSharedKeyMeansAResumedSessionInTls13() {
        see(handshake(hello(RANDOM, VERSION, KEY_SHARE, PRE_SHARED_KEY)));

        assertThat(flight.isResumed()).isTrue();
    }

    @Test
    void noPreSharedKeyMeansAFullHandshakeInTls13() {
        see(handshake(hello(RANDOM, VERSION, KEY_SHARE)));
        see(CHANGE_OF_CIPHER);

        assertThat(flight.isResumed()).isFalse();
    }

    @Test
    void aRetryOfTheHelloMeansNothing() {
        see(handshake(hello(RETRY, VERSION, KEY_SHARE)));
        see(CHANGE_OF_CIPHER);
        see(handshake(hello(RANDOM, VERSION, KEY_SHARE, PRE_SHARED_KEY)));

        assertThat(flight.isResumed()).isTrue();
    }

    @Test
    void aHelloMayBeginInOneRecordAndEndInAnother() {
        String hello = hello(RANDOM, VERSION, PRE_SHARED_KEY).replace(" ", "");
        see(handshake(hello.substring(0, 40)));
        see(handshake(hello.substring(40, 100)));
        assertThat(flight.isResumed()).isFalse();
        see(handshake(hello.substring(100)));

        assertThat(flight.isResumed()).isTrue();
    }

    @Test
    void nothingIsToBeSeenInAnEmptyBuffer() {
        flight.see(ByteBuffer.allocate(0));
        flight.seeDatagram(ByteBuffer.allocate(0));

        assertThat(flight.isResumed()).isFalse();
    }

    @Test
    void aCertificateMeansAFullHandshakeUnderDtls() {
        seeDatagram("16", "03");
        seeDatagram("16", "02");
        seeDatagram("16", "02");
        seeDatagram("16", "0b");
        seeDatagram("14", "01");

        assertThat(flight.isResumed()).isFalse();
    }

    @Test
    void aTicketOrAChangeOfCipherMeansAResumedSessionUnderDtls() {
        ServerFlight other = new ServerFlight();
        seeDatagram("16", "02");
        seeDatagram("16", "04");
        other.seeDatagram(datagram("16", "02"));
        other.seeDatagram(datagram("14", "01"));

        assertThat(flight.isResumed()).isTrue();
        assertThat(other.isResumed()).isTrue();
    }

    private void see(String record) {
        flight.see(bytes(record));
    }

    private void seeDatagram(String type, String message) {
        flight.seeDatagram(datagram(type, message));
    }

    private static ByteBuffer datagram(String type, String message) {
        return bytes(type + "fefd 0000 000000000000 0001" + message);
    }

    private static String handshake(String messages) {
        String body = messages.replace(" ", "");
        return "16 0303" + String.format("%04x", body.length() / 2) + body;
    }

    /** Of TLS 1.2 without extensions, else with these. */
    private static String hello(String random, String... extensions) {
        String all = String.join("", extensions).replace(" ", "");
        return message(
                2, "0303" + random + "04 01020304" + "1301" + "00" + String.format("%04x", all.length() / 2) + all);
    }

    private static String message(int type, String body) {
        String bytes = body.replace(" ", "");
        return String.format("%02x%06x", type, bytes.length() / 2) + bytes;
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
