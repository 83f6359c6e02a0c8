<?php

// A page over HTTPS. Arguments are the certificate's file, and perhaps the key's passphrase and its file.

$tls = ['local_cert' => $argv[1], 'passphrase' => $argv[2] ?? ''];
if (isset($argv[3])) {
    $tls['local_pk'] = $argv[3];
}
$flags = STREAM_SERVER_BIND | STREAM_SERVER_LISTEN;
$server = stream_socket_server('tls://127.0.0.1:0', $errno, $errstr, $flags, stream_context_create(['ssl' => $tls]));
echo 'https://', stream_socket_get_name($server, false), "\n";

while (true) {
    $client = @stream_socket_accept($server, -1);
    if (!$client) {
        continue; // the handshake has failed
    }
    do {
        $line = rtrim((string) fgets($client));
    } while ($line !== '');
    fwrite($client, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n");
    fclose($client);
}
