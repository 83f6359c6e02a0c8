<?php

// Tells whoever asks what time it is. Of the question it reads one byte: the rest of the datagram is lost.

$server = stream_socket_server('udp://127.0.0.1:0', $errno, $errstr, STREAM_SERVER_BIND);
echo 'udp://', stream_socket_get_name($server, false), "\n";

// tag::time[]
while (true) {
    stream_socket_recvfrom($server, 1, 0, $peer);
    stream_socket_sendto($server, gmdate(DATE_ATOM) . "\n", 0, $peer);
}
// end::time[]
