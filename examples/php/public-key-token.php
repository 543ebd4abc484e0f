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
        // Under a public key it must be there: others may trust the same key.
        'aud' => getenv('SIGNET_PROJECT'),
    ];
    return JWT::encode($claims, getenv('SIGNET_PRIVATE_KEY'), getenv('SIGNET_ALGORITHM') ?: 'ES256');
}
