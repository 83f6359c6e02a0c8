package io.socketharness;

/**
 * A server could not be bound: tells the transport, the address, the system's reason, and what to do about it.
 */
public final class ServerStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServerStartException(ServerSpec spec, Throwable cause) {
        super(message(spec, cause), cause);
    }

    /**
     * Tells whether this machine, or this JVM, can have no such server at all, whatever its address.
     *
     * @return false if another address would do
     */
    public boolean isUnsupported() {
        return getCause() instanceof Unsupported;
    }

    private static String message(ServerSpec spec, Throwable cause) {
        String reason = cause instanceof java.net.UnknownHostException
                ? "no address is known for the host \"" + spec.host() + "\""
                : String.valueOf(cause.getMessage());
        return "cannot start " + SpecParser.target(spec).replaceFirst(":$", "") + ": " + reason
                + (reason.endsWith("Too many open files")
                        ? "; this process has as many open as it may: close some, or raise the limit (ulimit -n)"
                        : spec.transport().isUnix() ? "" : advice(spec, reason));
    }

    private static String advice(ServerSpec spec, String reason) {
        if (reason.startsWith("Address already in use")) {
            return "; another socket has this port: use port 0 for a free one and inject it";
        }
        if (reason.startsWith("Permission denied")) {
            return spec.port() > 0 && spec.port() < 1024
                    ? "; ports under 1024 need privileges: use port 0 for a free one and inject it"
                    : "; the system does not allow this address";
        }
        if (reason.startsWith("Cannot assign requested address")) {
            return "; no interface of this machine has that address: use 127.0.0.1, or 0.0.0.0 to be reached from others";
        }
        if (reason.equals(Hosts.NO_IPV6)) {
            return "; use 127.0.0.1, or let skipIfUnsupported skip the test";
        }
        if (reason.startsWith("no address is known")) {
            return "; use an address of this machine, such as 127.0.0.1";
        }
        return "";
    }
}
