package io.socketharness.cli;

/** A wrong option, script or file. The message says what was found and what is allowed; nothing was started. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
