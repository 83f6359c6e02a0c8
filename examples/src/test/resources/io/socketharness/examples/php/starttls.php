<?php

// A server that begins in clear and goes on through TLS. The certificate's file is the first argument.

$context = stream_context_create(['ssl' => ['local_cert' => $argv[1]]]);
$flags = STREAM_SERVER_BIND | STREAM_SERVER_LISTEN;
$server = stream_socket_server('tcp://127.0.0.1:0', $errno, $errstr, $flags, $context);
echo 'tcp://', stream_socket_get_name($server, false), "\n";

while ($client = stream_socket_accept($server, -1)) {
    fwrite($client, "220 mail.test\r\n");
    fgets($client); // STARTTLS
    fwrite($client, "220 go ahead\r\n");
    stream_socket_enable_crypto($client, true, STREAM_CRYPTO_METHOD_TLS_SERVER);
    fgets($client); // NOOP
    fwrite($client, "250 this is secret\r\n");
    fclose($client);
}
