<?php

// A stream port that is bound and does not listen: BIND without LISTEN. It ends with its input.

$server = stream_socket_server('tcp://127.0.0.1:0', $errno, $errstr, STREAM_SERVER_BIND);
echo 'tcp://', stream_socket_get_name($server, false), "\n";
fgets(STDIN);
