package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.spi.ServerGroup;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The running servers of one test or of one class; the Store closes them when the test or the class has ended.
 *
 * <p>It has two faces: JUnit closes a {@code CloseableResource} before 5.13, an {@code AutoCloseable} from then on.
 */
@SuppressWarnings("deprecation")
final class Servers implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    private static final Namespace NAMESPACE = Namespace.create(Servers.class);

    private final ServerGroup<Source> group = new ServerGroup<>();
    private boolean cutShort;
    private boolean judged;

    /** Those of a test or class itself; a Store would also give those of an enclosing one. */
    static Servers of(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(context.getUniqueId(), id -> new Servers(), Servers.class);
    }

    static Optional<Servers> existing(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(context.getUniqueId(), Servers.class));
    }

    void start(Source source, ExtensionContext context) {
        group.start(source, () -> source.start(context));
    }

    Map<Source, FakeServer> running() {
        return group.running();
    }

    /** Notes that a test did not run to its end, so that the servers may not have been asked for all they offer. */
    synchronized void cutShort() {
        cutShort = true;
    }

    synchronized boolean wasCutShort() {
        return cutShort;
    }

    /** Several extensions may come to judge; the first one does. */
    synchronized boolean isFirstJudgement() {
        boolean first = !judged;
        judged = true;
        return first;
    }

    @Override
    public void close() {
        group.close();
    }
}
