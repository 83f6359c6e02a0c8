/**
 * What a server does on a connection: behaviours, in Java or as text.
 *
 * <p>The built-in ones come from {@link io.socketharness.script.Behaviours}, a {@link io.socketharness.script.Script} puts
 * them in order and has the text form, and a {@link io.socketharness.script.Behaviour} of one's own does with a
 * {@link io.socketharness.script.Connection} what they do.
 */
@NullMarked
package io.socketharness.script;

import org.jspecify.annotations.NullMarked;
