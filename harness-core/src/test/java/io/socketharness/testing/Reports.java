package io.socketharness.testing;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketharness.FakeServer;
import java.util.Objects;

/**
 * What servers say of failures, without what differs from run to run: ports are {@code PORT}, times {@code TIME}. So is
 * the mark of a line in the same read as the line before it, because the network decides that.
 */
public final class Reports {

    private Reports() {}

    /** The whole report of a verification that fails, ended by an end of line as text blocks are. */
    public static String of(FakeServer server) {
        return normal(failure(server));
    }

    public static AssertionError failure(FakeServer server) {
        return Objects.requireNonNull(
                catchThrowableOfType(AssertionError.class, server::verify), "verify() found nothing wrong");
    }

    /** That no client came to a server; {@code when} says until when. */
    public static String nobody(FakeServer server, String when) {
        boolean datagrams = server.spec().transport().isDatagrams();
        return server.uri() + ": no " + (datagrams ? "datagram arrived " : "client connected ") + when
                + ". Does the client use " + server.uri() + "? If it need not " + (datagrams ? "send" : "connect")
                + ", set optional = true.";
    }

    /** The message of a failure, ended by an end of line as text blocks are. */
    public static String normal(Throwable failure) {
        return message(failure) + "\n";
    }

    public static String message(Throwable failure) {
        return normal(String.valueOf(failure.getMessage()));
    }

    public static String normal(String text) {
        return text.replaceAll("(127\\.0\\.0\\.1):\\d+", "$1:PORT")
                .replaceAll(" {2,}\\d+\\.\\d ms", "  TIME")
                .replaceAll("(?m) {2,}\\+$", "  TIME")
                .replaceAll("(?m)^# \\d+\\.\\d ms", "# TIME");
    }
}
