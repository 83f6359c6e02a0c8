package io.socketharness.assertj;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the exchange of one connection; on datagrams, of the conversation with one client address.
 *
 * <p>Each assertion waits until it is true, up to the server's timeout (5 s unless set) or the limit of
 * {@link #within}. It fails at once when it can no longer become true. If the limit of the recording was reached,
 * assertions on bytes fail with that reason. Text is UTF-8.
 */
@SuppressWarnings("exports") // AssertJ is optional: a transitive requirement would force it on all users
public class ExchangeAssert extends AbstractExchangeBytesAssert {

    /**
     * Creates assertions. Tests use {@link SocketAssertions#assertThat(Exchange)}.
     *
     * @param actual the exchange
     */
    public ExchangeAssert(@Nullable Exchange actual) {
        super(actual);
    }

    /**
     * Waits until the client has closed the connection: its FIN has arrived. A FIN does not show whether the client has
     * closed or only half-closed the connection.
     *
     * <pre>{@code
     * // the client has called Socket.close() or Socket.shutdownOutput()
     * assertThat(exchange).closedByClient(); // succeeds
     * // the client has called Socket.setSoLinger(true, 0) and Socket.close()
     * assertThat(exchange).closedByClient(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if the client does not close within the timeout, or can no longer close: it has reset the
     *     connection, the server has closed it, or the exchange consists of datagrams, which have no connection
     */
    public ExchangeAssert closedByClient() {
        return streamEvent(
                "the client to close the connection",
                exchange -> exchange.has(Event.Kind.HALF_CLOSED_BY_CLIENT),
                exchange -> ExchangeMatch.end(
                        exchange,
                        exchange.isEnded(),
                        Event.Kind.RESET_BY_CLIENT,
                        Event.Kind.RESET_BY_SERVER,
                        Event.Kind.CLOSED));
    }

    /**
     * Waits until the client has reset the connection: its RST has arrived.
     *
     * <pre>{@code
     * // the client has called Socket.setSoLinger(true, 0) and Socket.close()
     * assertThat(exchange).resetByClient(); // succeeds
     * // the client has called Socket.close()
     * assertThat(exchange).resetByClient(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if there is no reset within the timeout, or there can no longer be one: the client or the
     *     server has closed the connection, or the exchange consists of datagrams, which have no connection
     */
    public ExchangeAssert resetByClient() {
        return streamEvent(
                "the client to reset the connection",
                exchange -> exchange.has(Event.Kind.RESET_BY_CLIENT),
                exchange -> ExchangeMatch.end(
                        exchange,
                        exchange.isEnded(),
                        Event.Kind.HALF_CLOSED_BY_CLIENT,
                        Event.Kind.RESET_BY_SERVER,
                        Event.Kind.CLOSED));
    }

    /**
     * Waits until the client or the server has reset the connection.
     *
     * <pre>{@code
     * // the server's script ends with reset()
     * assertThat(exchange).wasReset(); // succeeds
     * // the server's script ends with close()
     * assertThat(exchange).wasReset(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if there is no reset within the timeout, or there can no longer be one: the server has
     *     closed the connection, or the exchange consists of datagrams, which have no connection
     */
    public ExchangeAssert wasReset() {
        return streamEvent(
                "the connection to be reset",
                exchange -> exchange.has(Event.Kind.RESET_BY_CLIENT) || exchange.has(Event.Kind.RESET_BY_SERVER),
                exchange -> ExchangeMatch.end(exchange, exchange.isEnded(), Event.Kind.CLOSED));
    }

    /**
     * Waits until the script of this connection is complete. All its steps have run, or a custom behaviour has ended at
     * the end of input when no step was outstanding.
     *
     * <pre>{@code
     * // the script is expectLine("PING"), sendLine("PONG"), and the client has sent "PING\n"
     * assertThat(exchange).completedItsScript(); // succeeds
     * // the client has sent "PONG\n"
     * assertThat(exchange).completedItsScript(); // fails
     * }</pre>
     *
     * @return these assertions
     * @throws AssertionError if the script is not complete within the timeout, or can no longer be: it has failed, or
     *     the server was closed
     */
    public ExchangeAssert completedItsScript() {
        return event(
                "its script to be completed",
                exchange -> exchange.has(Event.Kind.COMPLETED) && !exchange.has(Event.Kind.FAILED),
                exchange -> exchange.has(Event.Kind.FAILED) ? failed(exchange) : ExchangeMatch.end(exchange, false));
    }

    private static String failed(Exchange exchange) {
        return detail(exchange, Event.Kind.FAILED).orElse("it failed");
    }

    private ExchangeAssert streamEvent(String words, Predicate<Exchange> holds, Function<Exchange, String> end) {
        return event(
                words,
                holds,
                exchange -> exchange.isDatagrams()
                        ? "datagrams have no connection to close or reset"
                        : end.apply(exchange));
    }
}
