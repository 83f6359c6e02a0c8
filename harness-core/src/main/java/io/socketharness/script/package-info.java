/**
 * Scripts and behaviours: what a server does on a connection, in Java or as text.
 *
 * <p>{@link io.socketharness.script.Behaviours} has the built-in behaviours. A {@link io.socketharness.script.Script}
 * puts them in order and has a text form. A custom {@link io.socketharness.script.Behaviour} uses a
 * {@link io.socketharness.script.Connection}, as the built-in ones do.
 */
@NullMarked
package io.socketharness.script;

import org.jspecify.annotations.NullMarked;
