package io.socketharness.internal.script.engine;

import io.socketharness.network.NetworkCondition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A channel that passes all calls to another one. */
public abstract class DelegatingChannel implements TransportChannel {

    private final TransportChannel to;

    protected DelegatingChannel(TransportChannel to) {
        this.to = to;
    }

    @Override
    public boolean awaitInput(long seen, long deadline) {
        return to.awaitInput(seen, deadline);
    }

    @Override
    public void pause(long deadline) {
        to.pause(deadline);
    }

    @Override
    public void awaitEnd() {
        to.awaitEnd();
    }

    @Override
    public void send(ByteBuffer data, long deadline) {
        to.send(data, deadline);
    }

    @Override
    public boolean isSendBlocked() {
        return to.isSendBlocked();
    }

    @Override
    public void halfClose() {
        to.halfClose();
    }

    @Override
    public void close(long deadline) {
        to.close(deadline);
    }

    @Override
    public void closeNow(long deadline) {
        to.closeNow(deadline);
    }

    @Override
    public boolean canReset() {
        return to.canReset();
    }

    @Override
    public void requireReset() {
        to.requireReset();
    }

    @Override
    public void reset(long deadline) {
        to.reset(deadline);
    }

    @Override
    public void abort() {
        to.abort();
    }

    @Override
    public void network(List<NetworkCondition> conditions) {
        to.network(conditions);
    }

    @Override
    public void network(Object run, List<NetworkCondition> conditions) {
        to.network(run, conditions);
    }

    @Override
    public boolean isWaiting() {
        return to.isWaiting();
    }

    @Override
    public void moveToNewPort() {
        to.moveToNewPort();
    }

    @Override
    public OtherPort openOtherPort() {
        return to.openOtherPort();
    }

    @Override
    public long heldInput() {
        return to.heldInput();
    }

    @Override
    public void awaitTls() {
        to.awaitTls();
    }

    @Override
    public Optional<String> lackOfTls() {
        return to.lackOfTls();
    }

    @Override
    public TlsTransport tls() {
        return to.tls();
    }

    @Override
    public void received(long position) {
        to.received(position);
    }
}
