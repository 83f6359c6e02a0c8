<?php

// A client of the chat that prints each byte that it gets. Arguments are the server and the authority to trust.

function frame(string $head, string $payload): string
{
    $mask = "\x11\x22\x33\x44";
    $length = strlen($payload);
    return $head . ($length < 126 ? chr(0x80 | $length) : chr(0x80 | 126) . pack('n', $length)) . $mask
        . ($payload ^ substr(str_repeat($mask, intdiv($length, 4) + 1), 0, $length));
}

$context = stream_context_create(['ssl' => ['cafile' => $argv[2], 'peer_name' => 'localhost']]);
$socket = stream_socket_client($argv[1], $errno, $errstr, 5, STREAM_CLIENT_CONNECT, $context);
fwrite($socket, "GET /anna HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    . "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
fwrite($socket, frame("\x81", 'hello'));
fwrite($socket, frame("\x81", str_repeat('good day, ', 50)));
fwrite($socket, frame("\x88", "\x03\xE8"));
echo addcslashes(stream_get_contents($socket), "\0..\x1F\x7F..\xFF");
