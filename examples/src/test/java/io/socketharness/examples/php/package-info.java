/**
 * What PHP's {@code stream_socket_server} does, row by row of the guide {@code docs/stream_socket_server.md}: a class for each,
 * confirmed by clients that are not ours, and beside a server in PHP where that shows something.
 */
package io.socketharness.examples.php;
