/** Containers of Testcontainers as clients of fake servers. */
@NullMarked
package io.socketharness.testcontainers;

import org.jspecify.annotations.NullMarked;
