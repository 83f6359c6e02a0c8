package io.socketharness;

import io.socketharness.internal.net.Unsupported;
import io.socketharness.internal.spec.ServerUrl;
import java.net.UnknownHostException;

/**
 * Thrown when a server cannot be bound. The message contains the transport, the address, the system's reason, and
 * advice.
 */
public final class ServerStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServerStartException(ServerSpec spec, Throwable cause) {
        super(message(spec, cause), cause);
    }

    /**
     * Returns whether this machine or this JVM does not support such a server at any address.
     *
     * @return false if another address could work
     */
    public boolean isUnsupported() {
        return getCause() instanceof Unsupported;
    }

    private static String message(ServerSpec spec, Throwable cause) {
        boolean isPrivateSocket = spec.transport().isUnix() && spec.path().isEmpty();
        String address = isPrivateSocket ? spec.transport().toString() : ServerUrl.target(spec);
        return "cannot start " + address + ": "
                + (cause instanceof UnknownHostException
                        ? "no address is known for the host \"" + spec.host() + "\""
                        : cause.getMessage())
                + advice(spec, cause);
    }

    private static String advice(ServerSpec spec, Throwable cause) {
        if (String.valueOf(cause.getMessage()).endsWith("Too many open files")) {
            return "; this process has reached its limit of open files: close some, or raise the limit (ulimit -n)";
        }
        if (spec.transport().isUnix()) {
            return "";
        }
        return cause instanceof UnknownHostException
                ? "; use an address of this machine, such as 127.0.0.1"
                : cause instanceof Unsupported
                        ? "; use 127.0.0.1, or let skipIfUnsupported skip the test"
                        : advice(spec, String.valueOf(cause.getMessage()));
    }

    /** The system reports its reasons only as messages, not as exception types. */
    private static String advice(ServerSpec spec, String reason) {
        if (reason.startsWith("Address already in use")) {
            return "; another socket has this port: use port 0 for a free one and inject it";
        }
        if (reason.startsWith("Permission denied")) {
            return spec.port() > 0 && spec.port() < 1024
                    ? "; ports under 1024 need privileges: use port 0 for a free one and inject it"
                    : "; the system does not allow this address";
        }
        return reason.startsWith("Cannot assign requested address")
                ? "; no interface of this machine has that address: use 127.0.0.1, or 0.0.0.0 to be reached from others"
                : "";
    }
}
