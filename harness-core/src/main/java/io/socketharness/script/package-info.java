/** What a server does on a connection: behaviours, in Java or as text. */
@NullMarked
package io.socketharness.script;

import org.jspecify.annotations.NullMarked;
