using System;
using System.IdentityModel.Tokens.Jwt;
using System.Text;
using Microsoft.IdentityModel.Tokens;

static class ChatToken
{
    // For whoever is logged in, and for nobody else. Good for five minutes.
    public static string Of(string id, string name, string email)
    {
        // The bytes of the text: decoded from base64 it would be another key.
        var secret = Environment.GetEnvironmentVariable("SIGNET_SECRET");
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret));
        // Not HmacSha256Signature, which is no name of an algorithm in a JWT.
        var credentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JwtPayload
        {
            ["external_id"] = id,
            ["name"] = name,
            ["email"] = email,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["aud"] = Environment.GetEnvironmentVariable("SIGNET_PROJECT"),
        };
        var token = new JwtSecurityToken(new JwtHeader(credentials), claims);
        return new JwtSecurityTokenHandler().WriteToken(token);
    }
}
