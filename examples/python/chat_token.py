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
        "aud": os.environ["SIGNET_PROJECT"],
    }
    return jwt.encode(claims, os.environ["SIGNET_SECRET"], algorithm="HS256")
