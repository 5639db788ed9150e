import time

import todoita

secret = todoita.new_secret()  # 20 bytes: encrypt them, store them
uri = todoita.key_uri(secret, "hana@example.com", issuer="Example")  # the text of the QR code


def verify(account, code):
    """The cause of a refusal, None if the code is right."""
    verdict = todoita.verify_totp(account["secret"], code, time.time(), last_step=account["last_step"])
    if verdict:
        # In a database: on the condition that the stored step is still lower.
        account["last_step"] = verdict.step
    return verdict.cause  # "wrong", or "used": the right code once more


account = {"secret": secret, "last_step": None}
code = todoita.totp(secret, time.time())
assert verify(account, code) is None
assert verify(account, code) == "used"
