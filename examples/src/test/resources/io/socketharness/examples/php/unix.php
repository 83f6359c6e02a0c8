<?php

// A Unix socket under a umask: path and umask are the arguments.

// tag::umask[]
umask(octdec($argv[2]));
$server = stream_socket_server("unix://$argv[1]");
// end::umask[]
echo "unix://$argv[1]\n";
while ($client = stream_socket_accept($server, -1)) {
    fwrite($client, "come in\n");
    fclose($client);
}
