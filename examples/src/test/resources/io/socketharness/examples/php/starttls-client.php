<?php

// Begins in clear and goes on through TLS. Arguments are the server and the authority to trust.

$context = stream_context_create(['ssl' => ['cafile' => $argv[2], 'peer_name' => 'localhost']]);
$socket = stream_socket_client($argv[1], $errno, $errstr, 5, STREAM_CLIENT_CONNECT, $context);
echo fgets($socket);
fwrite($socket, "STARTTLS\r\n");
echo fgets($socket);
stream_socket_enable_crypto($socket, true, STREAM_CRYPTO_METHOD_TLS_CLIENT);
fwrite($socket, "NOOP\r\n");
echo fgets($socket);
