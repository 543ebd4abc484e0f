/** How a site's server signs a visitor token, in the languages that sites are written in (AG2). */
export interface Sample {
  id: string
  language: string
  /** The library, and how to get it. */
  library: string
  code: (secret: string) => string
}

export const samples: readonly [Sample, ...Sample[]] = [
  {
    id: 'node',
    language: 'Node',
    library: 'npm install jsonwebtoken',
    code: (secret) => `const jwt = require("jsonwebtoken");

function chatToken(customer) {
  const now = Math.floor(Date.now() / 1000);
  return jwt.sign(
    {
      external_id: String(customer.id),
      name: customer.name,
      email: customer.email,
      iat: now,
      exp: now + 300,
    },
    "${secret}",
  );
}`,
  },
  {
    id: 'php',
    language: 'PHP',
    library: 'composer require firebase/php-jwt',
    code: (secret) => `<?php
use Firebase\\JWT\\JWT;

function chat_token($customer) {
    $now = time();
    return JWT::encode([
        'external_id' => (string) $customer->id,
        'name' => $customer->name,
        'email' => $customer->email,
        'iat' => $now,
        'exp' => $now + 300,
    ], '${secret}', 'HS256');
}`,
  },
  {
    id: 'python',
    language: 'Python',
    library: 'pip install PyJWT',
    code: (secret) => `import time
import jwt

def chat_token(customer):
    now = int(time.time())
    return jwt.encode(
        {
            "external_id": str(customer.id),
            "name": customer.name,
            "email": customer.email,
            "iat": now,
            "exp": now + 300,
        },
        "${secret}",
        algorithm="HS256",
    )`,
  },
  {
    id: 'ruby',
    language: 'Ruby',
    library: 'gem install jwt',
    code: (secret) => `require "jwt"

def chat_token(customer)
  now = Time.now.to_i
  JWT.encode(
    {
      external_id: customer.id.to_s,
      name: customer.name,
      email: customer.email,
      iat: now,
      exp: now + 300
    },
    "${secret}",
    "HS256"
  )
end`,
  },
  {
    id: 'go',
    language: 'Go',
    library: 'go get github.com/golang-jwt/jwt/v5',
    code: (secret) => `package shop

import (
	"time"

	"github.com/golang-jwt/jwt/v5"
)

var chatSecret = []byte("${secret}")

func ChatToken(id, name, email string) (string, error) {
	now := time.Now().Unix()
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"external_id": id,
		"name":        name,
		"email":       email,
		"iat":         now,
		"exp":         now + 300,
	}).SignedString(chatSecret)
}`,
  },
  {
    id: 'java',
    language: 'Java',
    library: 'io.jsonwebtoken:jjwt 0.12',
    code: (secret) => `import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import javax.crypto.SecretKey;

class ChatToken {
  private static final SecretKey KEY = Keys.hmacShaKeyFor(
      "${secret}".getBytes(StandardCharsets.UTF_8));

  static String of(String id, String name, String email) {
    Instant now = Instant.now();
    return Jwts.builder()
        .claim("external_id", id)
        .claim("name", name)
        .claim("email", email)
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plusSeconds(300)))
        .signWith(KEY, Jwts.SIG.HS256)
        .compact();
  }
}`,
  },
  {
    id: 'csharp',
    language: 'C#',
    library: 'dotnet add package Microsoft.IdentityModel.JsonWebTokens',
    code: (secret) => `using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

static class ChatToken
{
    static readonly SigningCredentials Credentials = new(
        new SymmetricSecurityKey(Encoding.UTF8.GetBytes("${secret}")),
        SecurityAlgorithms.HmacSha256);

    public static string Of(string id, string name, string email)
    {
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>
            {
                ["external_id"] = id,
                ["name"] = name,
                ["email"] = email,
            },
            IssuedAt = now,
            Expires = now.AddMinutes(5),
            SigningCredentials = Credentials,
        });
    }
}`,
  },
]
