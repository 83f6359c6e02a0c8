package io.socketharness.internal.capture;

import io.socketharness.recording.Exchange;

/**
 * A connection on a page.
 *
 * @param exchange its recording
 * @param name its name on the page, such as {@code connection 0}; with several servers, {@code tcp:25, connection 0}
 * @param badge a shorter name, such as {@code #0}
 */
record PageConnection(Exchange exchange, String name, String badge) {}
