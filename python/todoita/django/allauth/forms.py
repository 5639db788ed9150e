"""allauth's forms, which read a code out of what was typed or pasted."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa

from ..forms import CodeFormMixin
from . import formats


class AuthenticatorFormMixin(CodeFormMixin):
    """A form for a code of an authenticator or a recovery code."""

    def get_code_options(self):
        return formats.authenticator()


class SentCodeFormMixin(CodeFormMixin):
    """A form for a code that allauth sent. ``code_format``: the setting that has its form."""

    code_format = "LOGIN_BY_CODE_FORMAT"

    def get_code_options(self):
        return formats.sent_code(self.code_format)


class AuthenticateForm(AuthenticatorFormMixin, mfa.AuthenticateForm):
    pass


class ReauthenticateForm(AuthenticatorFormMixin, mfa.ReauthenticateForm):
    pass


class ConfirmLoginCodeForm(SentCodeFormMixin, account.ConfirmLoginCodeForm):
    pass


class ConfirmReauthenticationCodeForm(SentCodeFormMixin, account.ConfirmReauthenticationCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(SentCodeFormMixin, account.ConfirmEmailVerificationCodeForm):
    code_format = "EMAIL_VERIFICATION_BY_CODE_FORMAT"


class ConfirmPasswordResetCodeForm(SentCodeFormMixin, account.ConfirmPasswordResetCodeForm):
    code_format = "PASSWORD_RESET_BY_CODE_FORMAT"


class VerifyPhoneForm(SentCodeFormMixin, account.VerifyPhoneForm):
    code_format = "PHONE_VERIFICATION_CODE_FORMAT"
