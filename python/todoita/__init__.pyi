from datetime import datetime
from typing import Literal, Optional, Union

__all__: list[str]

Secret = Union[bytes, bytearray, str]
"""Raw bytes (16 to 128), or base32: case, spaces, hyphens and padding do not matter."""

Time = Union[int, float, datetime]
"""Seconds since 1970, as ``time.time()`` gives them, or a datetime with a time zone."""

Fix = Literal["message", "full-width", "other-digits", "look-alike", "separators", "invisible"]
"""A change that was made to arrive at the digits."""

Problem = Literal[
    "empty", "too-few", "too-many", "phone-number", "date", "password", "ambiguous", "other-site", "no-code"
]
"""Why no code was read."""

PhoneFix = Literal["full-width", "invisible", "separators", "country-code", "plus", "trunk-zero", "missing-zero"]
PhoneProblem = Literal["empty", "not-a-number", "too-short", "too-long", "unknown-prefix"]
PhoneKind = Literal["mobile", "landline", "voip", "machine", "free", "service", "foreign"]

class Reading:
    """The result of reading a text. True if a code was read."""

    @property
    def kind(self) -> Optional[Literal["code", "backup"]]: ...
    @property
    def digits(self) -> str:
        """The code in ASCII; without a kind, the digits seen so far."""
    @property
    def fixes(self) -> list[Fix]: ...
    @property
    def problem(self) -> Optional[Problem]: ...
    def __bool__(self) -> bool: ...

class Phone:
    """A phone number, or with ``problem`` none. True if a number was read."""

    @property
    def e164(self) -> Optional[str]:
        """As it is dialled from anywhere: ``+819012345678``."""
    @property
    def national(self) -> Optional[str]:
        """As it is dialled in Japan: ``090-1234-5678``. None for another country's number."""
    @property
    def kind(self) -> Optional[PhoneKind]: ...
    @property
    def sms(self) -> Optional[bool]:
        """Whether such a number can receive an SMS; None if that is unknown."""
    @property
    def fixes(self) -> list[PhoneFix]: ...
    @property
    def problem(self) -> Optional[PhoneProblem]: ...
    def __bool__(self) -> bool: ...

class TotpVerdict:
    """True if the code was accepted."""

    @property
    def ok(self) -> bool: ...
    @property
    def step(self) -> Optional[int]:
        """The accepted step: store it, on the condition that the stored one is still lower."""
    @property
    def cause(self) -> Optional[Literal["wrong", "used"]]:
        """``used``: the code is right, but for no step later than ``last_step``. Report it only to the sign-in that
        consumed the code, and ``wrong`` to every other."""
    def __bool__(self) -> bool: ...

class HotpVerdict:
    """True if the code was accepted."""

    @property
    def ok(self) -> bool: ...
    @property
    def counter(self) -> Optional[int]:
        """The counter of the accepted code."""
    @property
    def next(self) -> Optional[int]:
        """The counter to expect from now on: store it before anything is granted. None after 2^64-1."""
    @property
    def cause(self) -> Optional[Literal["wrong"]]: ...
    def __bool__(self) -> bool: ...

class Key:
    """The contents of a key URI. Its representation does not show the secret."""

    @property
    def type(self) -> Literal["totp", "hotp"]: ...
    @property
    def secret(self) -> str:
        """Base32."""
    @property
    def account(self) -> str: ...
    @property
    def issuer(self) -> Optional[str]: ...
    @property
    def digits(self) -> Literal[6, 7, 8]: ...
    @property
    def algorithm(self) -> Literal["SHA1"]: ...
    @property
    def period(self) -> Optional[int]: ...
    @property
    def counter(self) -> Optional[int]: ...

def read_code(
    text: str,
    *,
    digits: Optional[int] = 6,
    code: Optional[Literal["digits", "alphanumeric"]] = "digits",
    backup: Optional[Literal["digits", "alphanumeric", "none"]] = None,
    backup_digits: Optional[int] = None,
    backup_format: Optional[str] = None,
    host: Optional[str] = None,
) -> Reading:
    """Reads whatever was typed or pasted, a whole message included (at most 100,000 characters).

    ``digits``: characters of a code, 4 to 10. ``backup_digits``: those of a backup code, 4 to 32 (8, or those of the
    format). ``backup_format``: the shape in which a backup code is given out, ``xxxx-xxxx-xxxx`` or ``99999-99999``.
    ``host``: this site's; a line bound to another one is ``other-site``.
    """

def read_phone(text: str, *, region: Optional[Literal["JP"]] = "JP") -> Phone:
    """Reads a phone number as people write it. One of another country than Japan only with ``+`` or after 010."""

def hotp(secret: Secret, counter: int, digits: Optional[Literal[6, 7, 8]] = 6) -> str:
    """The code of a counter (RFC 4226)."""

def totp(
    secret: Secret, time: Time, *, digits: Optional[Literal[6, 7, 8]] = 6, period: Optional[int] = 30
) -> str:
    """The code at a time (RFC 6238, SHA-1)."""

def verify_totp(
    secret: Secret,
    code: str,
    time: Time,
    *,
    digits: Optional[Literal[6, 7, 8]] = 6,
    period: Optional[int] = 30,
    window: Optional[int] = 1,
    last_step: Optional[int] = None,
) -> TotpVerdict:
    """Verifies a code that ``read_code`` has read. ``window``: steps of drift allowed either way, 0 to 10.
    ``last_step``: the step that was returned when a code of this secret was last accepted."""

def verify_hotp(
    secret: Secret,
    code: str,
    counter: int,
    *,
    digits: Optional[Literal[6, 7, 8]] = 6,
    look_ahead: Optional[int] = 10,
) -> HotpVerdict:
    """Verifies a code against ``counter``, the one expected next, and ``look_ahead`` (0 to 100) ahead of it."""

def resync_hotp(
    secret: Secret,
    first: str,
    second: str,
    counter: int,
    *,
    digits: Optional[Literal[6, 7, 8]] = 6,
    look_ahead: Optional[int] = 100,
) -> HotpVerdict:
    """Finds a token that ran ahead further, by two codes in a row (RFC 4226, 7.4). Count a failure as a wrong code."""

def new_secret() -> bytes:
    """20 bytes from the system's random source: encrypt them, store them, and show them with ``key_uri``."""

def key_uri(
    secret: Secret,
    account: str,
    *,
    issuer: Optional[str] = None,
    type: Optional[Literal["totp", "hotp"]] = "totp",
    digits: Optional[Literal[6, 7, 8]] = 6,
    period: Optional[int] = None,
    counter: Optional[int] = None,
    algorithm: Optional[Literal["SHA1"]] = "SHA1",
) -> str:
    """A key URI (``otpauth://…``), to be shown as a QR code. It holds the secret: keep it out of logs."""

def read_key_uri(text: str) -> Key:
    """Reads a key URI. The ValueError's message says why it is none and how to correct it."""
