/**
 * Network conditions: a slow, unreliable or broken network between a client and a server.
 *
 * <p>{@link io.socketharness.network.NetworkConditions} has all of them.
 */
@NullMarked
package io.socketharness.network;

import org.jspecify.annotations.NullMarked;
