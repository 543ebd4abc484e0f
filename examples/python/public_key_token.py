import os
import time

import jwt


# For whoever is logged in, and for nobody else. Good for five minutes.
def chat_token(customer_id, name, email):
    now = int(time.time())
    claims = {
        "external_id": str(customer_id),
        "name": name,
        "email": email,
        "iat": now,
        "exp": now + 300,
        # Under a public key it must be there: others may trust the same key.
        "aud": os.environ["SIGNET_PROJECT"],
    }
    algorithm = os.environ.get("SIGNET_ALGORITHM", "ES256")
    return jwt.encode(claims, os.environ["SIGNET_PRIVATE_KEY"], algorithm=algorithm)
