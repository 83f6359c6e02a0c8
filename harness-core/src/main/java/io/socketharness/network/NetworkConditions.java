package io.socketharness.network;

import io.socketharness.internal.network.BandwidthCondition;
import io.socketharness.internal.network.BlackholeCondition;
import io.socketharness.internal.network.CoalesceCondition;
import io.socketharness.internal.network.CorruptAtCondition;
import io.socketharness.internal.network.CorruptionCondition;
import io.socketharness.internal.network.Direction;
import io.socketharness.internal.network.DropCondition;
import io.socketharness.internal.network.DuplicateCondition;
import io.socketharness.internal.network.DuplicationCondition;
import io.socketharness.internal.network.LatencyCondition;
import io.socketharness.internal.network.LossCondition;
import io.socketharness.internal.network.ReorderingCondition;
import io.socketharness.internal.network.SliceCondition;
import io.socketharness.internal.network.StopReadingCondition;
import io.socketharness.internal.network.SwapCondition;
import io.socketharness.internal.network.TruncateCondition;
import java.time.Duration;

/**
 * The conditions of a simulated network.
 *
 * <p>Data enters the network where it is sent, passes the conditions in the order in which they are given, and leaves it
 * where it is received. A recording contains the data that the server sent when it entered, and the data that the server
 * received when it left. Random decisions depend on the seed of the server, the connection, the direction, the condition,
 * and the number of the datagram or byte, and on nothing else: the same seed gives the same decisions for the same data.
 *
 * <p>Numbers of datagrams and bytes are counted per connection and direction, from 1, as data enters the network, from
 * the moment when the condition takes effect.
 */
public final class NetworkConditions {

    private NetworkConditions() {}

    /**
     * Delays everything. Streams keep their order. In the text form: {@code latency 150ms}.
     *
     * @param latency 0 or more
     * @return the condition
     * @throws IllegalArgumentException if the latency is negative
     */
    public static Latency latency(Duration latency) {
        return new LatencyCondition(latency, Duration.ZERO, Direction.BOTH);
    }

    /**
     * Limits the rate. Streams are divided into segments of a hundredth of a second, of at most 1,460 bytes; a segment
     * or datagram arrives when its last byte has passed. In the text form: {@code bandwidth 10kB/s}, with B/s, kB/s
     * (1,000 bytes per second), MB/s or GB/s.
     *
     * @param bytesPerSecond 1 or more
     * @return the condition
     * @throws IllegalArgumentException if the rate is less than 1
     */
    public static NetworkCondition bandwidth(long bytesPerSecond) {
        return new BandwidthCondition(bytesPerSecond, Direction.BOTH);
    }

    /**
     * Divides a stream into pieces, and sends each in its own segment. A client that does not read in time gets several
     * together. Datagrams refuse it. In the text form: {@code slice 10}.
     *
     * @param bytes the size of a piece, 1 or more
     * @return the condition
     * @throws IllegalArgumentException if the size is less than 1
     */
    public static Slice slice(int bytes) {
        return new SliceCondition(bytes, Duration.ZERO, Direction.BOTH);
    }

    /**
     * Collects the data of a stream for a time, which begins with the first byte, and sends it in one segment. Datagrams
     * refuse it. In the text form: {@code coalesce 20ms}.
     *
     * @param time more than 0
     * @return the condition
     * @throws IllegalArgumentException if the time is not positive
     */
    public static NetworkCondition coalesce(Duration time) {
        return new CoalesceCondition(time, Direction.BOTH);
    }

    /**
     * Ends a direction of a connection after a number of bytes. Say how, such as {@code limit(100).reset()}. Datagrams
     * refuse it.
     *
     * @param bytes the number of bytes that pass, 0 or more
     * @return the limit, which becomes a condition by one of its methods
     * @throws IllegalArgumentException if the number is negative
     */
    public static Limit limit(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a limit of " + bytes + " bytes is out of range; 0 or more is allowed");
        }
        return new Limit(bytes);
    }

    /**
     * The server reads nothing more from the client. When the buffers of the system are full, the client's writes block.
     * Datagrams refuse it, and so does the direction to the client. In the text form: {@code stop-reading}.
     *
     * @return the condition
     */
    public static NetworkCondition stopReading() {
        return new StopReadingCondition(Direction.BOTH);
    }

    /**
     * Nothing passes any more, although the connection is established. Over a stream, data and ends wait until the
     * condition ends; datagrams are lost. In the text form: {@code blackhole}.
     *
     * @return the condition
     */
    public static NetworkCondition blackhole() {
        return new BlackholeCondition(Direction.BOTH);
    }

    /**
     * Flips one bit in a share of the bytes. In the text form: {@code corrupt 1%}.
     *
     * @param share from 0.0 to 1.0
     * @return the condition
     * @throws IllegalArgumentException if the share is out of range
     */
    public static NetworkCondition corruption(double share) {
        return new CorruptionCondition(share, Direction.BOTH);
    }

    /**
     * Flips one bit in one byte. In the text form: {@code corrupt at 10}.
     *
     * @param position of the byte, from 1
     * @return the condition
     * @throws IllegalArgumentException if the position is less than 1
     */
    public static NetworkCondition corruptAt(long position) {
        return new CorruptAtCondition(position, Direction.BOTH);
    }

    /**
     * Loses datagrams at random. Streams refuse it, because the system repeats lost parts of a stream. In the text form:
     * {@code loss 30%}.
     *
     * @param probability from 0.0 to 1.0
     * @return the condition
     * @throws IllegalArgumentException if the probability is out of range
     */
    public static Loss loss(double probability) {
        return new LossCondition(probability, 0, Direction.BOTH);
    }

    /**
     * Delivers datagrams twice at random. Streams refuse it. In the text form: {@code duplication 5%}.
     *
     * @param probability from 0.0 to 1.0
     * @return the condition
     * @throws IllegalArgumentException if the probability is out of range
     */
    public static NetworkCondition duplication(double probability) {
        return new DuplicationCondition(probability, Direction.BOTH);
    }

    /**
     * Delivers datagrams after the next one at random, or after 200 ms if there is none. Streams refuse it. In the text
     * form: {@code reordering 10%}.
     *
     * @param probability from 0.0 to 1.0
     * @return the condition
     * @throws IllegalArgumentException if the probability is out of range
     */
    public static NetworkCondition reordering(double probability) {
        return new ReorderingCondition(probability, Direction.BOTH);
    }

    /**
     * Loses single datagrams. Streams refuse it. In the text form: {@code drop 1 3}.
     *
     * @param numbers of the datagrams, from 1
     * @return the condition
     * @throws IllegalArgumentException if there is no number, or one is less than 1
     */
    public static NetworkCondition dropDatagrams(int... numbers) {
        return DropCondition.of(numbers);
    }

    /**
     * Delivers single datagrams twice. Streams refuse it. In the text form: {@code duplicate 2}.
     *
     * @param numbers of the datagrams, from 1
     * @return the condition
     * @throws IllegalArgumentException if there is no number, or one is less than 1
     */
    public static NetworkCondition duplicateDatagrams(int... numbers) {
        return DuplicateCondition.of(numbers);
    }

    /**
     * Exchanges the places of two datagrams. The earlier one, and those between them, wait for the later one for at most
     * 200 ms. Streams refuse it. In the text form: {@code swap 4 5}.
     *
     * @param one the number of a datagram, from 1
     * @param other the number of another datagram, from 1
     * @return the condition
     * @throws IllegalArgumentException if the numbers are equal, or one is less than 1
     */
    public static NetworkCondition swapDatagrams(int one, int other) {
        return new SwapCondition(one, other, Direction.BOTH);
    }

    /**
     * Cuts off the end of one datagram. Streams refuse it. In the text form: {@code truncate 2 to 10}.
     *
     * @param number of the datagram, from 1
     * @param bytes the number of bytes that are left, 0 or more
     * @return the condition
     * @throws IllegalArgumentException if the number is less than 1, or the number of bytes negative
     */
    public static NetworkCondition truncateDatagram(int number, int bytes) {
        return new TruncateCondition(number, bytes, Direction.BOTH);
    }
}
