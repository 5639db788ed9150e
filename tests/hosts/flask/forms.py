"""The forms of Flask-Security, which read a code as the element does: for people without JavaScript."""

from flask_security.forms import TwoFactorVerifyCodeForm
from flask_security.recovery_codes import MfRecoveryForm
from todoita import read_code


def read(text, **options):
    """The code in a text. A text without one, or far too long for a message, stays as it is and is refused as a wrong code."""
    reading = read_code(text, **options) if isinstance(text, str) and len(text) <= 10_000 else None
    return reading.digits if reading else text


class VerifyCodeForm(TwoFactorVerifyCodeForm):
    def filter_code(self, text):  # WTForms calls it on what was posted.
        return read(text)


class RecoveryForm(MfRecoveryForm):
    def filter_code(self, text):
        return read(text, backup_format="xxxx-xxxx-xxxx")
