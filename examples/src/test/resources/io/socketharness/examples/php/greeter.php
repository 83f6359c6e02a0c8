<?php

// Greets whoever connects, sends back the first line, and closes: many clients at once, by stream_select.

$server = stream_socket_server('tcp://127.0.0.1:0');
echo 'tcp://', stream_socket_get_name($server, false), "\n";

$clients = [];
while (true) {
    $ready = [$server, ...$clients];
    $none = null;
    stream_select($ready, $none, $none, null);
    foreach ($ready as $socket) {
        if ($socket === $server) {
            $client = stream_socket_accept($server);
            fwrite($client, "Good day\n");
            $clients[] = $client;
        } else {
            $line = rtrim((string) fgets($socket), "\n");
            fwrite($socket, "You have sent :[$line]\n");
            fclose($socket);
            unset($clients[array_search($socket, $clients, true)]);
        }
    }
}
