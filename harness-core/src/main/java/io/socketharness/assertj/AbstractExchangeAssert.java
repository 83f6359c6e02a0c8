package io.socketharness.assertj;

import io.socketharness.internal.recording.ExchangeRecorder;
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

/** The part of {@link ExchangeAssert} about waiting, about TLS, and about who the client is. */
@SuppressWarnings("exports") // see ExchangeAssert
public abstract class AbstractExchangeAssert extends AbstractAssert<ExchangeAssert, Exchange> {

    private @Nullable Duration within;

    AbstractExchangeAssert(@Nullable Exchange actual) {
        super(actual, ExchangeAssert.class);
    }

    /**
     * Sets how long each of the assertions that follow waits at most.
     *
     * @param limit in place of the server's timeout
     * @return these assertions
     * @throws IllegalArgumentException if it is negative
     */
    public ExchangeAssert within(Duration limit) {
        within = Waiting.requireNotNegative("the limit", limit);
        return myself;
    }

    /**
     * Waits until TLS is established, in this version.
     *
     * @param protocol such as {@code TLSv1.3}
     * @return these assertions
     * @throws AssertionError if another was agreed on, or it is not established in time or cannot be
     */
    public ExchangeAssert negotiated(String protocol) {
        return handshake("TLS to be established with " + protocol, Handshake::protocol, protocol);
    }

    /**
     * Waits until TLS is established, and with it an application protocol (ALPN).
     *
     * @param name such as {@code h2}
     * @return these assertions
     * @throws AssertionError if another or none was agreed on, or TLS is not established in time or cannot be
     */
    public ExchangeAssert negotiatedApplicationProtocol(String name) {
        return handshake(
                "the application protocol " + name,
                handshake -> handshake.applicationProtocol().orElse("none"),
                name);
    }

    /**
     * Waits until TLS is established by a client that has asked for this host (SNI).
     *
     * @param host its name
     * @return these assertions
     * @throws AssertionError if it has asked for another or none, or TLS is not established in time or cannot be
     */
    public ExchangeAssert requestedServerName(String host) {
        return handshake(
                "the client to ask for the host " + host,
                handshake -> handshake.serverName().orElse("none"),
                host);
    }

    /**
     * Waits until TLS is established by a client that has shown a certificate with this subject.
     *
     * @param distinguishedName as RFC 2253 writes it, such as {@code CN=anna,O=Example}
     * @return these assertions
     * @throws AssertionError if it has shown another or none, or TLS is not established in time or cannot be
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
     * Waits until TLS has failed, for a reason that contains this.
     *
     * <pre>{@code
     * // the client has refused an expired certificate
     * assertThat(exchange).failedTls("certificate_expired");
     * }</pre>
     *
     * @param reason such as the name of the alert that the client has sent; clients differ in which they send
     * @return these assertions
     * @throws AssertionError if it has failed for another reason, or does not fail in time
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
     * Waits until the client has refused the server's certificate, and said so with an alert about certificates. Some
     * clients, such as the JDK's {@code HttpClient}, hang up without a word: {@link #failedTls} is for those.
     *
     * @return these assertions
     * @throws AssertionError if TLS fails for another reason, is established, or neither happens in time
     */
    public ExchangeAssert refusedCertificate() {
        return failedTls(
                "the client refused our certificate",
                exchange -> ExchangeRecorder.of(exchange)
                        .tlsFailure()
                        .filter(failure -> failure.reason() == TlsFailure.Reason.CERTIFICATE_REFUSED)
                        .isPresent());
    }

    /**
     * Looks at the user that the client of a Unix socket ran as, see {@link ClientCredentials}.
     *
     * @param user its name, or its number where the machine knows no name for it or the socket's name is abstract
     * @return these assertions
     * @throws AssertionError if it was another, or is not known, as over all other transports
     */
    public ExchangeAssert hasClientUser(String user) {
        return credentials("user", ClientCredentials::user, user);
    }

    /**
     * Looks at the group that the client of a Unix socket ran as, see {@link ClientCredentials}.
     *
     * @param group its name, or its number where the machine knows no name for it or the socket's name is abstract
     * @return these assertions
     * @throws AssertionError if it was another, or is not known, as over all other transports
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
        return event(
                words,
                exchange ->
                        exchange.handshake().map(part).filter(expected::equals).isPresent(),
                exchange -> exchange.handshake()
                        .map(handshake -> "it was " + part.apply(handshake))
                        .orElseGet(() -> ExchangeMatch.end(exchange, exchange.isEnded(), ENDS)));
    }

    private static final Event.Kind[] ENDS = {
        Event.Kind.RESET_BY_CLIENT, Event.Kind.HALF_CLOSED_BY_CLIENT, Event.Kind.RESET_BY_SERVER, Event.Kind.CLOSED
    };

    static Optional<String> failure(Exchange exchange) {
        return detail(exchange, Event.Kind.TLS_FAILED);
    }

    /** The words of the first event of a kind; all events are looked at only if there is one. */
    static Optional<String> detail(Exchange exchange, Event.Kind kind) {
        return exchange.has(kind)
                ? exchange.events().stream()
                        .filter(event -> event.kind() == kind)
                        .map(Event::detail)
                        .findFirst()
                : Optional.empty();
    }

    ExchangeAssert event(String words, Predicate<Exchange> holds, Function<Exchange, String> refusal) {
        isNotNull();
        ExchangeMatch match = await(exchange -> {
            // First why it cannot hold any more: what comes in between counts.
            String why = refusal.apply(exchange);
            return holds.test(exchange) ? ExchangeMatch.of(true, "") : ExchangeMatch.of(false, why);
        });
        if (!match.holds()) {
            throw report(failure("%s", Report.of(sentence(words, match), actual.dialogue("dialogue"))));
        }
        return myself;
    }

    /** An error whose message the user has not put in place of ours. */
    AssertionError report(AssertionError error) {
        return Report.note(error, info, actual.recording());
    }

    ExchangeMatch await(Function<Exchange, ExchangeMatch> look) {
        return Waiting.until(actual.recording(), () -> look.apply(actual), ExchangeMatch::isSettled, timeout());
    }

    String sentence(String words, ExchangeMatch match) {
        return Report.title(actual) + ": expected " + words + ", but " + Report.why(match.refusal(), timeout());
    }

    Duration timeout() {
        return Waiting.timeout(within, actual.recording());
    }
}
