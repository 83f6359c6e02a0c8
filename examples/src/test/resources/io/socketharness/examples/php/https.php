<?php

// A page over HTTPS. Arguments are the certificate's file, the key's passphrase and its file; they may be left out.

$tls = [];
foreach (['local_cert', 'passphrase', 'local_pk'] as $i => $option) {
    if (isset($argv[$i + 1])) {
        $tls[$option] = $argv[$i + 1];
    }
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
