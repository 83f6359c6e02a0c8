package io.socketharness.internal.stream;

import io.socketharness.internal.network.End;
import io.socketharness.internal.network.Link;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.network.NetworkCondition;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The network conditions of a stream. Its {@link StreamNetwork} exists from the first condition on. */
final class StreamConditions {

    private final ServerRuntime runtime;
    private final StreamTransport transport;
    private final StreamWire wire;
    private final ExchangeRecorder recorder;
    private final StreamTls tls;
    private final StreamSelectors selectors;

    private volatile @Nullable Conversation conversation;

    StreamConditions(
            ServerRuntime runtime,
            StreamTransport transport,
            StreamWire wire,
            ExchangeRecorder recorder,
            StreamTls tls,
            StreamSelectors selectors) {
        this.runtime = runtime;
        this.transport = transport;
        this.wire = wire;
        this.recorder = recorder;
        this.tls = tls;
        this.selectors = selectors;
    }

    /** Sets the conversation, which a condition can end. */
    void conversation(Conversation served) {
        conversation = served;
    }

    /** Changes the conditions; adds the network when the first are set. */
    void change(List<NetworkCondition> to, Consumer<Link> change) {
        if (wire.network() != null || !to.isEmpty()) {
            simulate(change);
            runtime.simulatedNetwork(wire.channel().provider()).sync();
        }
    }

    /** Puts the server's simulated network in front of the connection. */
    void simulate() {
        simulate(link -> {});
    }

    private synchronized void simulate(Consumer<Link> conditions) {
        StreamNetwork known = wire.network();
        if (known != null) {
            conditions.accept(known.link());
            return;
        }
        StreamNetwork added = new StreamNetwork(
                runtime.simulatedNetwork(wire.channel().provider()), wire, recorder, new NetworkListener());
        added.link().changed();
        conditions.accept(added.link());
        transport.input().change(() -> wire.network(added));
        added.begin();
    }

    private final class NetworkListener implements StreamNetwork.Listener {

        @Override
        public void arrived() {
            transport.input().mayHaveMore();
            if (!tls.isUnderWay() && !tls.isUndecided()) {
                transport.input().drain();
            }
            selectors.wakeReader();
        }

        @Override
        public void writable() {
            transport.wakeAll();
        }

        @Override
        public void cut(End end, String condition) {
            Conversation served = conversation;
            if (served != null) {
                served.cut(end, condition);
            }
        }
    }

    /** The number of bytes of the client that a condition holds back. */
    long heldInput() {
        StreamNetwork network = wire.network();
        return network == null ? 0 : network.heldInput();
    }

    /** Has the simulated network read what the system holds. */
    void drainSystem() {
        StreamNetwork network = wire.network();
        if (network != null && transport.isOpen()) {
            network.drainSystem();
        }
    }

    /** Whether data of the client is in the simulated network and will arrive. */
    boolean hasInputOnItsWay() {
        StreamNetwork network = wire.network();
        return network != null
                && transport.isOpen()
                && !transport.input().isInputDone()
                && (network.hasInputOnItsWay(transport.input().mayRead())
                        || transport.input().readsFromNetwork());
    }

    /** Waits until the simulated network has passed on what was sent. */
    void awaitFlushed(long deadline) {
        StreamNetwork network = wire.network();
        if (network != null && deadline - System.nanoTime() > 0) {
            transport.until(network::isFlushed, deadline);
        }
    }
}
