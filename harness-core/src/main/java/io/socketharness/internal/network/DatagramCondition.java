package io.socketharness.internal.network;

import java.util.Optional;

/** A condition that changes single datagrams. */
interface DatagramCondition extends Condition {

    @Override
    default Optional<String> refusal(Medium medium) {
        return Datagrams.only(
                medium,
                "a stream has no datagrams; for streams there are latency, bandwidth, slice, coalesce, limit,"
                        + " stop-reading, blackhole and corrupt");
    }
}
