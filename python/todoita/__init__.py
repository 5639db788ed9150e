"""Reads one-time codes as people type and paste them, and verifies TOTP and HOTP.

The functions are those of the npm package ``todoita/node`` with Python's names. An argument of another type is a
``TypeError``, one outside its range a ``ValueError``; the message begins with the argument's name, and quotes no secret
and no code. Nothing here reads a clock: pass the server's own time.
"""

import os

from ._core import (
    NEW_SECRET_BYTES,
    HotpVerdict,
    Key,
    Phone,
    Reading,
    TotpVerdict,
    hotp,
    key_uri,
    read_code,
    read_key_uri,
    read_phone,
    resync_hotp,
    totp,
    verify_hotp,
    verify_totp,
)

__all__ = [
    "HotpVerdict",
    "Key",
    "Phone",
    "Reading",
    "TotpVerdict",
    "hotp",
    "key_uri",
    "new_secret",
    "read_code",
    "read_key_uri",
    "read_phone",
    "resync_hotp",
    "totp",
    "verify_hotp",
    "verify_totp",
]


def new_secret():
    """20 bytes (160 bits, RFC 4226, R6) from the system's random source: encrypt them, store them, show them with ``key_uri``."""
    return os.urandom(NEW_SECRET_BYTES)
