"""The sign-in of django-two-factor-auth, which reads a code out of what was typed or pasted."""

from two_factor.utils import totp_digits
from two_factor.views import LoginView as TwoFactorLoginView

from ..forms import read_codes

# Static tokens of django-otp: `StaticToken.random_token` gives 5 bytes in base32.
BACKUP_DIGITS = 8
# How the codes of a device arrive, by the name of its class: the plugins that define them may not be installed.
CHANNELS = {"TOTPDevice": "app", "EmailDevice": "email", "PhoneDevice": "sms"}


class LoginView(TwoFactorLoginView):
    def facts_of(self, step):
        """The facts of a step that asks for a code that is typed; None for the others, a security key's too."""
        if step == self.BACKUP_STEP:
            return {"channel": "backup", "backup": "alphanumeric", "backup_digits": BACKUP_DIGITS}
        channel = self.channel_of(self.get_device()) if step == self.TOKEN_STEP else None
        return {"channel": channel, "digits": totp_digits(), "backup": "none"} if channel else None

    @staticmethod
    def channel_of(device):
        """How a device's codes arrive; None for a device without such codes, a WebAuthn or YubiKey one."""
        channel = next((CHANNELS[kind.__name__] for kind in type(device).__mro__ if kind.__name__ in CHANNELS), None)
        return "voice" if channel == "sms" and device.method == "call" else channel

    @staticmethod
    def lock_of(form):
        """The facts of a device that verifies no code for now, as django-otp's throttling does after a failure."""
        # Of django-otp's errors only these have no code. The device states until when it is so.
        if not form.is_bound or all(error.code for error in form.non_field_errors().as_data()):
            return {}
        _, why = form.initial_device.verify_is_allowed()
        return {"cause": "locked", "retry_at": (why or {}).get("locked_until")}

    def get_form(self, step=None, **kwargs):
        form = super().get_form(step=step, **kwargs)
        facts = self.facts_of(step or self.steps.current)
        if facts:
            options = {name: facts[name] for name in ("digits", "backup", "backup_digits") if name in facts}
            read_codes(form, "otp_token", **options)
        return form

    def get_context_data(self, form, **kwargs):
        facts = self.facts_of(self.steps.current)
        if facts:
            facts.update(self.lock_of(form))
        return super().get_context_data(form, todoita_facts=facts, **kwargs)
