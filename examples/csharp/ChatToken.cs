using System;
using System.IdentityModel.Tokens.Jwt;
using System.Text;
using Microsoft.IdentityModel.Tokens;

static class ChatToken
{
    // Call it for whoever is logged in, and for nobody else. The token is good for five minutes.
    public static string Of(string id, string name, string email)
    {
        // The bytes of the text: Convert.FromBase64String would make another key of it.
        var secret = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("SIGNET_SECRET"));
        // HmacSha256 is written as HS256; HmacSha256Signature would be an address of XML.
        var credentials = new SigningCredentials(new SymmetricSecurityKey(secret), SecurityAlgorithms.HmacSha256);
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
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(new JwtHeader(credentials), claims));
    }
}
