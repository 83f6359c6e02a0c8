package io.socketharness.assertj;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.recording.ClientCredentials;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Handshake;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** The assertions of {@link ExchangeAssert} on TLS and on the client, and the limit of the waits. */
@SuppressWarnings("exports") // see ExchangeAssert
public abstract class AbstractExchangeAssert extends AbstractAssert<ExchangeAssert, Exchange> {

    private static final String RESUMED = "a resumed session";
    private static final String FULL = "a full handshake";

    private @Nullable Duration within;

    AbstractExchangeAssert(@Nullable Exchange actual) {
        super(actual, ExchangeAssert.class);
    }

    /**
     * Sets the maximum time that each following assertion waits.
     *
     * @param limit the limit; it replaces the server's timeout
     * @return these assertions
     * @throws IllegalArgumentException if the limit is negative
     */
    public ExchangeAssert within(Duration limit) {
        within = Waiting.requireNotNegative("the limit", limit);
        return myself;
    }

    /**
     * Waits until TLS is established with this version.
     *
     * @param protocol such as {@code TLSv1.3}
     * @return these assertions
     * @throws AssertionError if another version was negotiated, or TLS is not established within the timeout or can no
     *     longer be
     */
    public ExchangeAssert negotiated(String protocol) {
        return handshake("TLS to be established with " + protocol, Handshake::protocol, protocol);
    }

    /**
     * Waits until TLS is established by a client that resumed an earlier session.
     *
     * @return these assertions
     * @throws AssertionError if the client made a full handshake, or TLS is not established within the timeout or can no
     *     longer be
     */
    public ExchangeAssert resumedSession() {
        return handshake(RESUMED, AbstractExchangeAssert::kind, RESUMED, exchange -> {
            String why = ExchangeRecorder.of(exchange).client().whyNotResumed();
            return why.isEmpty() ? "" : "The client made a full handshake: " + why;
        });
    }

    /**
     * Waits until TLS is established by a full handshake: the client did not resume an earlier session.
     *
     * @return these assertions
     * @throws AssertionError if the client resumed a session, or TLS is not established within the timeout or can no
     *     longer be
     */
    public ExchangeAssert didNotResumeSession() {
        return handshake(FULL, AbstractExchangeAssert::kind, FULL);
    }

    private static String kind(Handshake handshake) {
        return handshake.resumed() ? RESUMED : FULL;
    }

    /**
     * Waits until TLS is established with this application protocol (ALPN).
     *
     * @param name such as {@code h2}
     * @return these assertions
     * @throws AssertionError if another protocol or none was negotiated, or TLS is not established within the timeout
     *     or can no longer be
     */
    public ExchangeAssert negotiatedApplicationProtocol(String name) {
        return handshake(
                "the application protocol " + name,
                handshake -> handshake.applicationProtocol().orElse("none"),
                name);
    }

    /**
     * Waits until TLS is established by a client that requested this host (SNI).
     *
     * @param host the name of the host
     * @return these assertions
     * @throws AssertionError if the client requested another host or none, or TLS is not established within the timeout
     *     or can no longer be
     */
    public ExchangeAssert requestedServerName(String host) {
        return handshake(
                "the client to ask for the host " + host,
                handshake -> handshake.serverName().orElse("none"),
                host);
    }

    /**
     * Waits until TLS is established by a client that presented a certificate with this subject.
     *
     * @param distinguishedName a name in the form of RFC 2253, such as {@code CN=anna,O=Example}
     * @return these assertions
     * @throws AssertionError if the client presented another certificate or none, or TLS is not established within the
     *     timeout or can no longer be
     */
    public ExchangeAssert presentedCertificate(String distinguishedName) {
        return handshake(
                "the client's certificate " + distinguishedName,
                AbstractExchangeAssert::subject,
                withoutSpaces(distinguishedName));
    }

    private static String subject(Handshake handshake) {
        return handshake.clientCertificates().stream()
                .findFirst()
                .map(X509Certificate::getSubjectX500Principal)
                .map(Object::toString)
                .map(AbstractExchangeAssert::withoutSpaces)
                .orElse("none");
    }

    /**
     * Waits until TLS has failed for a reason that contains a text.
     *
     * <pre>{@code
     * // the client has refused an expired certificate
     * assertThat(exchange).failedTls("certificate_expired");
     * }</pre>
     *
     * @param reason a part of the reason, such as the name of the client's alert; clients differ in the alerts that
     *     they send
     * @return these assertions
     * @throws AssertionError if TLS fails for another reason, or does not fail within the timeout
     */
    public ExchangeAssert failedTls(String reason) {
        return failedTls(
                reason,
                exchange ->
                        failure(exchange).filter(why -> why.contains(reason)).isPresent());
    }

    private ExchangeAssert failedTls(String reason, Predicate<Exchange> holds) {
        return event(
                "TLS to fail for a reason with \"" + reason + "\"",
                holds,
                exchange -> failure(exchange).orElseGet(() -> ExchangeMatch.end(exchange, exchange.isEnded(), ENDS)));
    }

    private static String withoutSpaces(String distinguishedName) {
        return distinguishedName.replace(", ", ",");
    }

    /**
     * Waits until the client has refused the server's certificate with an alert about certificates. Some clients, such
     * as the JDK's {@code HttpClient}, close the connection without an alert. Use {@link #failedTls} for them.
     *
     * @return these assertions
     * @throws AssertionError if TLS fails for another reason, is established, or neither happens within the timeout
     */
    public ExchangeAssert refusedCertificate() {
        return failedTls(
                "the client refused our certificate",
                exchange -> ExchangeRecorder.of(exchange)
                        .client()
                        .tlsFailure()
                        .filter(failure -> failure.reason() == TlsFailure.Reason.CERTIFICATE_REFUSED)
                        .isPresent());
    }

    /**
     * Verifies the user of a Unix socket's client, see {@link ClientCredentials}.
     *
     * @param user the user's name; the numeric id if the machine has no name for it or the socket's name is abstract
     * @return these assertions
     * @throws AssertionError if it was another user, or the user is unknown, as over all other transports
     */
    public ExchangeAssert hasClientUser(String user) {
        return credentials("user", ClientCredentials::user, user);
    }

    /**
     * Verifies the group of a Unix socket's client, see {@link ClientCredentials}.
     *
     * @param group the group's name; the numeric id if the machine has no name for it or the socket's name is abstract
     * @return these assertions
     * @throws AssertionError if it was another group, or the group is unknown, as over all other transports
     */
    public ExchangeAssert hasClientGroup(String group) {
        return credentials("group", ClientCredentials::group, group);
    }

    private ExchangeAssert credentials(String what, Function<ClientCredentials, String> part, String expected) {
        return event(
                "a client of " + what + " " + expected,
                exchange -> exchange.clientCredentials()
                        .map(part)
                        .filter(expected::equals)
                        .isPresent(),
                exchange -> exchange.clientCredentials()
                        .map(client -> "it was a client of " + client)
                        .orElse("the client is not known: only Unix stream sockets report it"));
    }

    private ExchangeAssert handshake(String words, Function<Handshake, String> part, String expected) {
        return handshake(words, part, expected, exchange -> "");
    }

    /** {@code advice} is for an established handshake that is not as expected; it may be empty. */
    private ExchangeAssert handshake(
            String words, Function<Handshake, String> part, String expected, Function<Exchange, String> advice) {
        return event(
                words,
                exchange ->
                        exchange.handshake().map(part).filter(expected::equals).isPresent(),
                exchange -> exchange.handshake()
                        .map(handshake -> "it was " + part.apply(handshake))
                        .orElseGet(() -> ExchangeMatch.end(exchange, exchange.isEnded(), ENDS)),
                exchange -> exchange.handshake().isPresent() || exchange.has(Event.Kind.TLS_FAILED)
                        ? advice.apply(exchange)
                        : "The connection has no TLS: no handshake was completed. A connection has TLS if the server's"
                                + " transport is tls or dtls, or after @starttls.");
    }

    private static final Event.Kind[] ENDS = {
        Event.Kind.RESET_BY_CLIENT, Event.Kind.HALF_CLOSED_BY_CLIENT, Event.Kind.RESET_BY_SERVER, Event.Kind.CLOSED
    };

    static Optional<String> failure(Exchange exchange) {
        return detail(exchange, Event.Kind.TLS_FAILED);
    }

    /** Returns the detail of the first event of a kind. Searches the events only if there is one. */
    static Optional<String> detail(Exchange exchange, Event.Kind kind) {
        return exchange.has(kind)
                ? exchange.events().stream()
                        .filter(event -> event.kind() == kind)
                        .map(Event::detail)
                        .findFirst()
                : Optional.empty();
    }

    ExchangeAssert event(String words, Predicate<Exchange> holds, Function<Exchange, String> refusal) {
        return event(words, holds, refusal, exchange -> "");
    }

    /** {@code advice} is for an exchange that does not hold; it may be empty. */
    private ExchangeAssert event(
            String words,
            Predicate<Exchange> holds,
            Function<Exchange, String> refusal,
            Function<Exchange, String> advice) {
        isNotNull();
        ExchangeMatch match = await(exchange -> {
            // Compute the reason first, so that input that arrives in between counts.
            String why = refusal.apply(exchange);
            return holds.test(exchange) ? ExchangeMatch.of(true, "") : ExchangeMatch.of(false, why);
        });
        if (!match.holds()) {
            throw failure(Reports.of(actual, sentence(words, match), Reports.words(advice.apply(actual))));
        }
        return myself;
    }

    AssertionError failure(Report report) {
        return report(failure("%s", report.text()), report);
    }

    /** Notes that an error has the text of a report, unless the user has replaced its message. */
    AssertionError report(AssertionError error, Report report) {
        return Reports.note(error, report, info, actual.recording());
    }

    ExchangeMatch await(Function<Exchange, ExchangeMatch> look) {
        return Waiting.until(actual.recording(), () -> look.apply(actual), ExchangeMatch::isSettled, timeout());
    }

    String sentence(String words, ExchangeMatch match) {
        return "expected " + words + ", but " + ErrorText.why(match.refusal(), timeout());
    }

    Duration timeout() {
        return Waiting.timeout(within, actual.recording());
    }
}
