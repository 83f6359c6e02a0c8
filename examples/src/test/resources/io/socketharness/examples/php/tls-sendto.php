<?php

// A server of TLS that answers with stream_socket_sendto, past TLS. The certificate's file is the first argument.

$context = stream_context_create(['ssl' => ['local_cert' => $argv[1]]]);
$flags = STREAM_SERVER_BIND | STREAM_SERVER_LISTEN;
$server = stream_socket_server('tls://127.0.0.1:0', $errno, $errstr, $flags, $context);
echo 'tls://', stream_socket_get_name($server, false), "\n";

while ($client = stream_socket_accept($server, -1)) {
    $question = rtrim(fgets($client));
    stream_socket_sendto($client, "you said $question\n"); // in clear, in the middle of TLS
    fclose($client);
}
