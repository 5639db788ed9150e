"""The form of allauth's codes as options of ``read_code`` and of the element."""

from allauth.account import app_settings as account
from allauth.mfa import app_settings as mfa
from django.core.exceptions import ImproperlyConfigured
from todoita import read_code


def sent_code(setting):
    """A code that allauth sends, by the name of its setting: 8 consonants, or digits (9 by default).

    ImproperlyConfigured for a length that ``read_code`` and the element do not have (4 to 10).
    """
    format = getattr(account, setting)
    numeric = format.get("numeric", False)
    length = format.get("length") or (9 if numeric else 8)
    options = {"code": "digits" if numeric else "alphanumeric", "digits": length, "backup": "none"}
    try:
        read_code("", **options)
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"the length in allauth's {setting} or in ALLAUTH_USER_CODE_FORMAT: {error}") from error
    return options


def authenticator():
    """A code of an authenticator, or a recovery code."""
    return {"digits": mfa.TOTP_DIGITS, "backup_digits": mfa.RECOVERY_CODE_DIGITS}
