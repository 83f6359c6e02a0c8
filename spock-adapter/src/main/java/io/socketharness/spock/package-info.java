/** Fake servers as fields and parameters of Spock specifications. */
@NullMarked
package io.socketharness.spock;

import org.jspecify.annotations.NullMarked;
