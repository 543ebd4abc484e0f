import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

class ChatToken {
  // Call it for whoever is logged in, and for nobody else. The token is good for five minutes.
  static String of(String id, String name, String email) {
    // The bytes of the text: Decoders.BASE64 would make another key of it.
    byte[] secret = System.getenv("SIGNET_SECRET").getBytes(StandardCharsets.UTF_8);
    Instant now = Instant.now();
    return Jwts.builder()
        .claim("external_id", id)
        .claim("name", name)
        .claim("email", email)
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plusSeconds(300)))
        .audience().add(System.getenv("SIGNET_PROJECT")).and()
        // Left alone, jjwt chooses the algorithm by the length of the key.
        .signWith(Keys.hmacShaKeyFor(secret), Jwts.SIG.HS256)
        .compact();
  }
}
