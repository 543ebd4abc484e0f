import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import javax.crypto.SecretKey;

class ChatToken {
  // For whoever is logged in, and for nobody else. Good for five minutes.
  static String of(String id, String name, String email) {
    // The bytes of the text: Decoders.BASE64 would make another key of it.
    String secret = System.getenv("SIGNET_SECRET");
    SecretKey key = Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8));
    Instant now = Instant.now();
    return Jwts.builder()
        .claim("external_id", id)
        .claim("name", name)
        .claim("email", email)
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plusSeconds(300)))
        .audience().add(System.getenv("SIGNET_PROJECT")).and()
        // Named, or jjwt chooses by the length of the key.
        .signWith(key, Jwts.SIG.HS256)
        .compact();
  }
}
