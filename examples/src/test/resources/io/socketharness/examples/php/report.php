<?php

// What stream_socket_server reports, with all that it warns of.
//   report.php URL DIRECTORY [FLAGS]
// A relative path begins in the directory.

set_error_handler(function (int $level, string $message): bool {
    echo $message, "\n";
    return true;
});
chdir($argv[2]);
$flags = STREAM_SERVER_BIND | STREAM_SERVER_LISTEN;
$server = stream_socket_server($argv[1], $errno, $errstr, isset($argv[3]) ? constant($argv[3]) : $flags);
echo $server ? 'listens at ' . stream_socket_get_name($server, false) : 'false', "\n";
echo "\$errno = $errno, \$errstr = '$errstr'\n";
