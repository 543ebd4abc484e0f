<?php

require __DIR__ . '/vendor/autoload.php';
require __DIR__ . (getenv('SIGNET_PRIVATE_KEY') ? '/public-key-token.php' : '/chat-token.php');

[, $id, $name, $email] = $argv;
echo chat_token($id, $name, $email), "\n";
