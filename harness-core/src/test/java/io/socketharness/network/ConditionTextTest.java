package io.socketharness.network;

import static io.socketharness.network.NetworkConditions.bandwidth;
import static io.socketharness.network.NetworkConditions.blackhole;
import static io.socketharness.network.NetworkConditions.coalesce;
import static io.socketharness.network.NetworkConditions.corruptAt;
import static io.socketharness.network.NetworkConditions.corruption;
import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static io.socketharness.network.NetworkConditions.duplicateDatagrams;
import static io.socketharness.network.NetworkConditions.duplication;
import static io.socketharness.network.NetworkConditions.latency;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.network.NetworkConditions.loss;
import static io.socketharness.network.NetworkConditions.reordering;
import static io.socketharness.network.NetworkConditions.slice;
import static io.socketharness.network.NetworkConditions.stopReading;
import static io.socketharness.network.NetworkConditions.swapDatagrams;
import static io.socketharness.network.NetworkConditions.truncateDatagram;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTextTest {

    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of(latency(Duration.ofMillis(150)), "latency 150ms"),
                Arguments.of(
                        latency(Duration.ofMillis(150)).jitter(Duration.ofMillis(50)), "latency 150ms jitter 50ms"),
                Arguments.of(bandwidth(10_000), "bandwidth 10kB/s"),
                Arguments.of(bandwidth(1_500), "bandwidth 1500B/s"),
                Arguments.of(bandwidth(2_000_000), "bandwidth 2MB/s"),
                Arguments.of(slice(1), "slice 1"),
                Arguments.of(slice(10).every(Duration.ofMillis(5)), "slice 10 every 5ms"),
                Arguments.of(coalesce(Duration.ofMillis(20)), "coalesce 20ms"),
                Arguments.of(limit(100).reset(), "limit 100 reset"),
                Arguments.of(limit(0).close(), "limit 0 close"),
                Arguments.of(limit(100).halfClose(), "limit 100 half-close"),
                Arguments.of(limit(100).stall(), "limit 100 stall"),
                Arguments.of(stopReading(), "stop-reading"),
                Arguments.of(blackhole(), "blackhole"),
                Arguments.of(corruption(0.01), "corrupt 1%"),
                Arguments.of(corruption(0.001), "corrupt 0.1%"),
                Arguments.of(corruptAt(10), "corrupt at 10"),
                Arguments.of(loss(0.3), "loss 30%"),
                Arguments.of(loss(1), "loss 100%"),
                Arguments.of(loss(1.0 / 3), "loss 33.33333333333333%"),
                Arguments.of(loss(Double.MIN_VALUE), "loss 0." + "0".repeat(321) + "49%"),
                Arguments.of(loss(0.3).burst(3), "loss 30% burst 3"),
                Arguments.of(duplication(0.05), "duplication 5%"),
                Arguments.of(reordering(0.1), "reordering 10%"),
                Arguments.of(dropDatagrams(3, 1), "drop 1 3"),
                Arguments.of(duplicateDatagrams(2), "duplicate 2"),
                Arguments.of(swapDatagrams(5, 4), "swap 4 5"),
                Arguments.of(truncateDatagram(2, 10), "truncate 2 to 10"));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void printsAndReadsEveryCondition(NetworkCondition condition, String text) {
        assertThat(condition).hasToString(text);
        assertThat(NetworkCondition.parse(text)).isEqualTo(condition).hasSameHashCodeAs(condition);
        assertThat(NetworkCondition.parse("  " + text.replace(" ", "  ") + " ")).isEqualTo(condition);
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void printsAndReadsEveryDirection(NetworkCondition condition, String text) {
        assertThat(condition.toServer()).hasToString(text + " to server").isNotEqualTo(condition);
        assertThat(NetworkCondition.parse(text + " to server")).isEqualTo(condition.toServer());
        if (!text.equals("stop-reading")) {
            assertThat(condition.toClient()).hasToString(text + " to client");
            assertThat(NetworkCondition.parse(text + " to client")).isEqualTo(condition.toClient());
            assertThat(condition.toServer().toClient()).isEqualTo(condition.toClient());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latncy 5ms | unknown network condition "latncy"; did you mean latency?
            weather | unknown network condition "weather"; known are latency, bandwidth, slice, coalesce, limit, stop-reading, blackhole, corrupt, loss, duplication, reordering, drop, duplicate, swap, truncate
            latency | latency needs a time; the form is latency 150ms, or latency 150ms jitter 50ms
            latency 5 | latency: "5" is not a duration; a whole number with ns, us, ms, s, m, h or d is allowed, such as 200ms
            latency 5ms jitter | latency needs a time after jitter; the form is latency 150ms, or latency 150ms jitter 50ms
            latency 5ms jitter 6ms | the jitter, 6ms, is longer than the latency, 5ms; data cannot arrive before it is sent
            latency 5ms 6ms | found "6ms" after latency 5ms; the form is latency 150ms, or latency 150ms jitter 50ms
            latency 5ms from server | found "from server" after latency 5ms; to client or to server is allowed
            latency 5ms toClient | found "toClient" after latency 5ms; to client or to server is allowed
            latency 5ms to | found "to" after latency 5ms; to client or to server is allowed
            to client latency 5ms | unknown network condition "to"; the direction follows the condition: latency 150ms to client
            latency 5ms, slice 1 | found a second condition, slice, in "latency 5ms, slice 1"; each string of an annotation and each line of a script takes one condition, and in a URL a comma separates conditions
            latency 5ms slice | found a second condition, slice, in "latency 5ms slice"; each string of an annotation and each line of a script takes one condition, and in a URL a comma separates conditions
            latency=5ms | unknown network condition "latency=5ms"; the form is latency 150ms, or latency 150ms jitter 50ms
            limit(6).close() | unknown network condition "limit(6).close()"; the form is limit 100 reset, with reset, close, half-close or stall
            delay 5ms | unknown network condition "delay"; did you mean latency?
            jitter 5ms | unknown network condition "jitter"; jitter follows a latency: latency 150ms jitter 50ms
            reset | unknown network condition "reset"; did you mean limit 100 reset?
            ignore | unknown network condition "ignore"; use the method ignore() of the server
            perfect | unknown network condition "perfect"; a network without conditions is perfect
            @network latency 5ms | unknown network condition "@network"; a condition begins with its name: latency 150ms
            latency 5ms to clients | found "to clients" after latency 5ms; to client or to server is allowed
            bandwidth 10 | "10" is not a bandwidth; a whole number with B/s, kB/s, MB/s or GB/s is allowed, such as 10kB/s (10,000 bytes per second)
            bandwidth 0B/s | a bandwidth of 0 B/s is out of range; 1 B/s or more is allowed
            bandwidth 999999999999999999GB/s | "999999999999999999GB/s" is too large for a bandwidth
            slice 0 | a slice of 0 bytes is out of range; 1 or more is allowed
            slice 99999999999 | slice: 99999999999 is too large; at most 2147483647 is allowed
            coalesce 0ms | the time is 0; from 1 ns to a hundred years is allowed
            limit 5 | limit needs an end; the form is limit 100 reset, with reset, close, half-close or stall
            limit 5 rest | limit 5 cannot end with "rest"; did you mean reset?
            limit 5 explode | limit 5 cannot end with "explode"; allowed are reset, close, half-close, stall
            limit x reset | limit needs a number of bytes, but found "x"; the form is limit 100 reset, with reset, close, half-close or stall
            corrupt | corrupt needs a probability; the form is corrupt 1%, or corrupt at 10
            corrupt at 0 | byte 0 is out of range; the first is 1
            loss 130% | a loss of 130% is out of range; 0% to 100% is allowed (in Java from 0.0 to 1.0)
            loss 0.3 | loss: "0.3" is not a probability; a number from 0 to 100 with % is allowed; the form is loss 30%, or loss 30% burst 3; for the numbers of datagrams, use drop
            loss 30% burst 0 | a burst of 0 datagrams is out of range; 1 or more is allowed
            drop | drop needs the number of a datagram; the form is drop 1 3, with the numbers of datagrams; for a probability, use loss
            drop 30% | drop needs the number of a datagram, but found "30%"; the form is drop 1 3, with the numbers of datagrams; for a probability, use loss
            corrupt 1 | corrupt: "1" is not a probability; a number from 0 to 100 with % is allowed; the form is corrupt 1%, or corrupt at 10
            drop 0 | datagram 0 is out of range; the first is 1
            swap 4 4 | datagram 4 cannot be swapped with itself; two different numbers are needed
            truncate 2 | truncate 2 needs a number of bytes; the form is truncate 2 to 10, with the number of a datagram and a number of bytes
            stop-reading to client | stop-reading is about the server, which reads only what the client sends; to stop data to the client, use limit 0 stall to client
            """)
    void refusesWithTheReasonAndTheForm(String text, String message) {
        assertThatThrownBy(() -> NetworkCondition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void refusesTextWithoutACondition(String text) {
        assertThatThrownBy(() -> NetworkCondition.parse(text))
                .hasMessage(
                        "found no network condition; known are latency, bandwidth, slice, coalesce, limit, stop-reading, blackhole, corrupt, loss, duplication, reordering, drop, duplicate, swap, truncate");
    }

    @Test
    void refusesValuesInJava() {
        assertThatThrownBy(() -> limit(-1)).hasMessageStartingWith("a limit of -1 bytes is out of range");
        assertThatThrownBy(() -> loss(Double.NaN)).hasMessageStartingWith("a loss of NaN is out of range");
        assertThatThrownBy(() -> dropDatagrams()).hasMessageStartingWith("drop names no datagram");
        assertThatThrownBy(() -> slice(1).every(Duration.ofMillis(-1)))
                .hasMessageStartingWith("the interval is PT-0.001S");
        assertThatThrownBy(() -> stopReading().toClient()).hasMessageStartingWith("stop-reading is about the server");
    }
}
