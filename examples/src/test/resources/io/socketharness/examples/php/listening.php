<?php

// A server that listens, with options of its context as JSON, and lets nobody in. It ends with its input.

$server = stream_socket_server(
    $argv[1],
    $errno,
    $errstr,
    STREAM_SERVER_BIND | STREAM_SERVER_LISTEN,
    stream_context_create(json_decode($argv[2] ?? '{}', true)),
);
echo 'tcp://', stream_socket_get_name($server, false), "\n";
fgets(STDIN);
