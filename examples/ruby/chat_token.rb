require "jwt"

# For whoever is logged in, and for nobody else. Good for five minutes.
def chat_token(id, name, email)
  now = Time.now.to_i
  claims = {
    external_id: id.to_s,
    name: name,
    email: email,
    iat: now,
    exp: now + 300,
    aud: ENV.fetch("SIGNET_PROJECT")
  }
  JWT.encode(claims, ENV.fetch("SIGNET_SECRET"), "HS256")
end
