<?php

// Twenty clients at once: all are greeted before the first says something, and the last to come is the first to speak.

for ($i = 0; $i < 20; $i++) {
    $sockets[$i] = stream_socket_client($argv[1]);
}
foreach ($sockets as $i => $socket) {
    echo "$i: ", fgets($socket);
}
foreach (array_reverse($sockets, true) as $i => $socket) {
    fwrite($socket, "I am $i\n");
    echo "$i: ", stream_get_contents($socket);
}
