package io.socketharness.internal.network;

/**
 * Where a stage works.
 *
 * @param stream whether data is a stream of bytes; otherwise datagrams
 * @param chance its random decisions
 */
public record Place(boolean stream, Chance chance) {}
