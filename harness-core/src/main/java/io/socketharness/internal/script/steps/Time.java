package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.LoopStep;
import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Round;
import io.socketharness.script.Connection;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the seconds since 1900 in four bytes and closes; on datagrams, for each datagram (RFC 868). */
public record Time() implements LoopStep {

    private static final long FROM_1900_TO_1970 = 2_208_988_800L;

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        return Service.next(
                connection,
                () -> ByteBuffer.allocate(4)
                        .putInt((int) (Instant.now().getEpochSecond() + FROM_1900_TO_1970))
                        .array());
    }

    @Override
    public Needs needs() {
        return Needs.INPUT;
    }

    @Override
    public Obligation obligation() {
        return Obligation.TAKES;
    }

    @Override
    public boolean dropsInput() {
        return true;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@time");
    }
}
