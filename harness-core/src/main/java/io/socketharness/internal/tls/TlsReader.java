package io.socketharness.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Reads the client's data after the handshake. Data before a failure or an end is read first. */
final class TlsReader {

    private final TlsInput input;
    private final TlsOutput output;
    private boolean endReported;
    private @Nullable IOException failed;

    TlsReader(TlsInput input, TlsOutput output) {
        this.input = input;
        this.output = output;
    }

    int read(ByteBuffer into) throws IOException {
        throwIfFailed();
        int before = into.position();
        try {
            // data before a failure is valid, and must not be lost
            while (into.hasRemaining()) {
                if (input.hasClear()) {
                    input.take(into);
                } else if (input.isEnded()
                        || !input.unwrap() && (into.position() > before || input.fill() <= 0 && !input.isEnded())) {
                    break;
                } else {
                    output.answer();
                }
            }
        } catch (SSLException broken) {
            output.sendAlert();
            failed = HandshakeFailure.afterwards(broken);
        } catch (IOException broken) {
            failed = broken;
        }
        int count = into.position() - before;
        if (count == 0) {
            throwIfFailed();
            endReported = input.isEnded();
        }
        return count == 0 && input.isEnded() ? -1 : count;
    }

    private void throwIfFailed() throws IOException {
        IOException broken = failed;
        if (broken != null) {
            failed = null;
            throw broken;
        }
    }

    /** Whether {@link #read} has a result that needs no more input: data, the end, or a failure. */
    boolean hasMore() {
        return failed != null || input.isEnded() && !endReported;
    }
}
