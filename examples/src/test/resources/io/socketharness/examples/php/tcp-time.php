<?php

// Tells whoever connects what time it is. Where to listen is the first argument.

$server = stream_socket_server($argv[1]);
echo 'tcp://', stream_socket_get_name($server, false), "\n";

// tag::time[]
while ($client = stream_socket_accept($server, -1)) {
    fwrite($client, 'It is ' . gmdate(DATE_ATOM) . "\n");
    fclose($client);
}
// end::time[]
