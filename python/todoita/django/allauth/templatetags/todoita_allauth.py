"""``{% sent_code_facts view verify_form as facts %}`` and ``{% authenticator_facts as facts %}``."""

from datetime import datetime, timezone

from django import template
from todoita.django.allauth import formats

register = template.Library()


def masked(destination):
    """As much of a mail address or a phone number as its owner needs to recognize it: ``h•••@example.com``, ``5678``."""
    name, at, domain = destination.partition("@")
    if at:
        return f"{name[:1]}•••@{domain}"
    return "".join(char for char in destination if char in "0123456789")[-4:]


@register.simple_tag
def authenticator_facts():
    """The facts of the page that asks for a code of an authenticator."""
    return {**formats.authenticator(), "channel": "app"}


@register.simple_tag
def sent_code_facts(view, form):
    """The facts of a code that allauth sent, by the view and the form of the page that asks for it: where to, until when,
    and how many failures are left."""
    process = getattr(view, "_process", None) or getattr(view, "process", None)
    options = getattr(form, "get_code_options", dict)()
    if process is None:
        return options
    state = process.state
    email, phone = state.get("email"), state.get("phone")
    return {
        **options,
        "channel": "email" if email else "sms",
        "destination": masked(email or phone or ""),
        "sent_at": datetime.fromtimestamp(state["at"], timezone.utc),
        "expires_at": datetime.fromtimestamp(state["at"] + process.timeout, timezone.utc),
        "attempts_left": process.max_attempts - state["failed_attempts"],
    }
