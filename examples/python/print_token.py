import os
import sys

if "SIGNET_PRIVATE_KEY" in os.environ:
    from public_key_token import chat_token
else:
    from chat_token import chat_token

customer_id, name, email = sys.argv[1:]
print(chat_token(customer_id, name, email))
