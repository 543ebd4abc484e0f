<?php

use Firebase\JWT\JWT;

// For whoever is logged in, and for nobody else. Good for five minutes.
function chat_token($id, $name, $email)
{
    $now = time();
    $claims = [
        'external_id' => (string) $id,
        'name' => $name,
        'email' => $email,
        'iat' => $now,
        'exp' => $now + 300,
        'aud' => getenv('SIGNET_PROJECT'),
    ];
    $secret = getenv('SIGNET_SECRET')
        ?: throw new RuntimeException('SIGNET_SECRET is not set');
    return JWT::encode($claims, $secret, 'HS256');
}
