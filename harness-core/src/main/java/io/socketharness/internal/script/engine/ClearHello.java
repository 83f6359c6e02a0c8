package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.internal.recording.TlsHelloBytes;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client that began TLS on a connection where the server does not speak it.
 *
 * @param hello the part of the hello that arrived
 * @param datagrams whether it is DTLS
 */
record ClearHello(Bytes hello, boolean datagrams) {

    static @Nullable ClearHello of(Exchange exchange) {
        if (exchange.handshake().isPresent() || exchange.has(Event.Kind.TLS_HELLO)) {
            return null;
        }
        Optional<Bytes> hello = exchange.receivedDatagrams().stream()
                .filter(read -> TlsHelloBytes.isHello(read, exchange.isDatagrams()))
                .findFirst();
        return hello.map(bytes -> new ClearHello(bytes, exchange.isDatagrams())).orElse(null);
    }

    String sentence() {
        return "the client began " + (datagrams ? "DTLS" : "TLS") + ", but this server does not speak it";
    }

    String advice() {
        return datagrams
                ? "Does the client use plain datagrams? If it should use DTLS, use the transport dtls."
                : "Does the client use plain text, such as http? If it should use TLS, use the transport tls, or begin TLS"
                        + " with @starttls.";
    }

    /** The sentence and the hello. */
    List<ReportParagraph> paragraphs() {
        return List.of(
                ReportParagraph.words(sentence()), ReportParagraph.received(TlsHelloBytes.words(hello, datagrams)));
    }
}
