<?php

// A chat over WebSocket (RFC 6455) and TLS 1.3: what one client says is sent to all, and so is who left. A client comes in
// by the path of its name, such as /anna. The certificate's file is the first argument.

const TEXT = "\x81";
const CLOSE = "\x88";

function take($client, int $count): ?string
{
    for ($bytes = ''; strlen($bytes) < $count; $bytes .= $more) {
        $more = fread($client, $count - strlen($bytes));
        if ($more === '' || $more === false) {
            return null;
        }
    }
    return $bytes;
}

/** Takes the request, agrees to it, and returns whose it is. */
function upgrade($client): string
{
    $name = substr(explode(' ', fgets($client))[1], 1);
    while (($line = rtrim(fgets($client))) !== '') {
        [$header, $value] = explode(':', $line, 2);
        $headers[strtolower($header)] = trim($value);
    }
    $key = $headers['sec-websocket-key'] . '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
    fwrite($client, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        . 'Sec-WebSocket-Accept: ' . base64_encode(sha1($key, true)) . "\r\n\r\n");
    return $name;
}

/** Takes a frame of a client, which masks it: its kind and what it says. Nothing where the client has hung up. */
function receive($client): array
{
    $head = take($client, 2);
    if ($head === null) {
        return [null, ''];
    }
    $length = ord($head[1]) & 0x7F;
    if ($length === 126) {
        $length = unpack('n', take($client, 2))[1];
    }
    $mask = take($client, 4);
    $payload = $length > 0 ? take($client, $length) : '';
    return [$head[0], $payload ^ substr(str_repeat($mask, intdiv($length, 4) + 1), 0, $length)];
}

function frame(string $kind, string $payload): string
{
    $length = strlen($payload);
    return $kind . ($length < 126 ? chr($length) : chr(126) . pack('n', $length)) . $payload;
}

$context = stream_context_create(['ssl' => ['local_cert' => $argv[1]]]);
$flags = STREAM_SERVER_BIND | STREAM_SERVER_LISTEN;
$server = stream_socket_server('tlsv1.3://127.0.0.1:0', $errno, $errstr, $flags, $context);
echo 'wss://', stream_socket_get_name($server, false), "\n";

$clients = [];
$names = [];
while (true) {
    $ready = [$server, ...array_values($clients)];
    $none = null;
    stream_select($ready, $none, $none, null);
    foreach ($ready as $socket) {
        $id = (int) $socket;
        if ($socket === $server) {
            $client = stream_socket_accept($server);
            $names[(int) $client] = upgrade($client);
            $clients[(int) $client] = $client;
            continue;
        }
        [$kind, $text] = receive($socket);
        if ($kind === TEXT) {
            $said = frame(TEXT, "$names[$id]: $text");
        } else {
            if ($kind === CLOSE) {
                fwrite($socket, frame(CLOSE, "\x03\xE8"));
            }
            fclose($socket);
            unset($clients[$id]);
            $said = frame(TEXT, "$names[$id] left");
        }
        foreach ($clients as $client) {
            fwrite($client, $said);
        }
    }
}
