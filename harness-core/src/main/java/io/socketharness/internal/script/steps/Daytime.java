package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.LoopStep;
import io.socketharness.internal.script.engine.Needs;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Round;
import io.socketharness.script.Connection;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends the date and time as a line of ASCII and closes; on datagrams, for each datagram (RFC 867). */
public record Daytime() implements LoopStep {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy HH:mm:ss-'UTC'", Locale.US);

    @Override
    public @Nullable Round next(Connection connection, @Nullable Round last) {
        return Service.next(
                connection,
                () -> (FORM.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n").getBytes(connection.charset()));
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
        return List.of("@daytime");
    }
}
