/** Certificates made on the spot, right or wrong on purpose, and the authority that clients are told to trust. */
@NullMarked
package io.socketharness.tls;

import org.jspecify.annotations.NullMarked;
