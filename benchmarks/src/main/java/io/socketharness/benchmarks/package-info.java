/** Benchmarks of the servers, beside hand-written ones that record nothing and beside MockWebServer. */
@NullMarked
package io.socketharness.benchmarks;

import org.jspecify.annotations.NullMarked;
