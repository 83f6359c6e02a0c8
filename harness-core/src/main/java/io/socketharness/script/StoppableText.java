package io.socketharness.script;

/** Text that a regular expression stops reading once the server is closed: some would read for ever. */
record StoppableText(CharSequence text, Conversation conversation) implements CharSequence {

    @Override
    public char charAt(int index) {
        if (conversation.isStopped()) {
            throw new ServerClosed();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
