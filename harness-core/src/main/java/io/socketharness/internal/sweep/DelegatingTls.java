package io.socketharness.internal.sweep;

import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.tls.TlsAlert;

/** Passes all calls to another one. */
class DelegatingTls implements TlsTransport {

    private final TlsTransport to;

    DelegatingTls(TlsTransport to) {
        this.to = to;
    }

    @Override
    public long start(long from, boolean tolerant, long deadline) {
        return to.start(from, tolerant, deadline);
    }

    @Override
    public String whyNotResumed() {
        return to.whyNotResumed();
    }

    @Override
    public void awaitHello(long from, long deadline) {
        to.awaitHello(from, deadline);
    }

    @Override
    public void flight(long from, int bytes, long deadline) {
        to.flight(from, bytes, deadline);
    }

    @Override
    public void alert(long from, TlsAlert alert, long deadline) {
        to.alert(from, alert, deadline);
    }

    @Override
    public void corruptNext() {
        to.corruptNext();
    }

    @Override
    public void truncate() {
        to.truncate();
    }
}
