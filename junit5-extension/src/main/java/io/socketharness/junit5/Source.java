package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import io.socketharness.spi.DeclaredServer;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Where a server of a test comes from; what the same source asks for twice is the same server. */
interface Source extends DeclaredServer {

    /** Starts it, for the test or class of a context; a failure names the source. */
    FakeServer start(ExtensionContext context);

    /** What a test gets whose server cannot be started: it is skipped where that was asked for and no address would do. */
    default RuntimeException notStarted(ServerSpec spec, ServerStartException reason) {
        String message = this + ": " + reason.getMessage();
        return reason.isUnsupported() && spec.isSkipIfUnsupported()
                ? new TestAbortedException(message, reason)
                : new ExtensionConfigurationException(message, reason);
    }
}
