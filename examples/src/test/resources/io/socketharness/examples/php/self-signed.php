<?php

// Makes a certificate that is signed by its own key, for 365 days, and saves it with that key, encrypted, in one file.
// The file is the first argument.

$name = [
    'countryName' => 'NL',
    'stateOrProvinceName' => 'Utrecht',
    'localityName' => 'Amersfoort',
    'organizationName' => 'Example',
    'organizationalUnitName' => 'Tests',
    'commonName' => 'localhost',
    'emailAddress' => 'admin@example.test',
];
$key = openssl_pkey_new();
$certificate = openssl_csr_sign(openssl_csr_new($name, $key), null, $key, 365);
openssl_x509_export($certificate, $certificatePem);
openssl_pkey_export($key, $keyPem, 'comet');
file_put_contents($argv[1], $certificatePem . $keyPem);
