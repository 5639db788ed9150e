"""``{% todoita_files %}`` and ``{% todoita form.code channel="app" %}…{% endtodoita %}``."""

import copy
from datetime import datetime, timezone

from django import template
from django.template.base import token_kwargs
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from todoita.django.forms import CUTTING

register = template.Library()

# Why a code was refused, by the code of a form's error. None: nothing was compared.
CAUSES = {
    "required": None,
    "token_required": None,
    "challenge_message": None,
    "challenge_exception": "unknown",
    "device_required": "unknown",
    "too_many_login_attempts": "limited",
    # The code was right, and the address or number that it confirms is another account's.
    "email_taken": "unknown",
    "phone_taken": "unknown",
}


def cause_of(errors):
    """The cause of the last refusal, by the codes of its errors; None if no code was refused."""
    causes = [CAUSES.get(error.code, "wrong") for error in errors]
    return next((cause for cause in causes if cause), None)


def attribute(value):
    """A value as that of an attribute; None if the attribute is absent. A time is RFC 3339."""
    if value is None or value is False or value == "":
        return None
    if value is True:
        return ""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time without a time zone")
        return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    return " ".join(map(str, value)) if isinstance(value, (list, tuple, set)) else str(value)


@register.inclusion_tag("todoita/files.html")
def todoita_files():
    """The style sheet and the script, for the page's head."""
    return {}


@register.tag
def todoita(parser, token):
    """The element around a form's field, its label and the content of the tag, which has the button.

    Options are the element's attributes with underscores: ``attempts_left=3``. ``facts``: a dict of more. ``label``: in
    place of the field's own. ``now``, and ``cause`` of a refused form, are added.
    """
    name, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{name}: the first argument is a form's field, such as form.code")
    field = parser.compile_filter(bits.pop(0))
    options = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{name}: {bits[0]!r} is no option; options are name=value")
    content = parser.parse(("endtodoita",))
    parser.delete_first_token()
    return CodeNode(field, options, content)


class CodeNode(template.Node):
    """The tag ``todoita``."""

    def __init__(self, field, options, content):
        self.field, self.options, self.nodelist = field, options, content

    def render(self, context):
        bound = self.field.resolve(context)
        options = {name: value.resolve(context) for name, value in self.options.items()}
        facts = {**(options.pop("facts", None) or {}), **options}
        label = facts.pop("label", None) or bound.label
        errors = [*bound.errors.as_data(), *bound.form.non_field_errors().as_data()] if bound.form.is_bound else []
        facts.setdefault("lang", get_language())
        facts.setdefault("now", datetime.now(timezone.utc))
        facts.setdefault("cause", cause_of(errors))
        attributes = {name.replace("_", "-"): attribute(value) for name, value in facts.items()}
        attrs = {name: value for name, value in bound.field.widget.attrs.items() if name not in CUTTING}
        own = {**attrs, "id": bound.id_for_label or bound.html_name, "autocomplete": "one-time-code"}
        if attributes.get("code") != "alphanumeric" and attributes.get("backup") != "alphanumeric":
            own.setdefault("inputmode", "numeric")
        if bound.field.required and bound.form.use_required_attribute:
            own["required"] = True
        if errors:
            own["aria-invalid"] = "true"
        # A copy: a widget adds its own attributes to those that it is rendered with.
        widget = copy.copy(bound.field.widget)
        widget.attrs = own
        # Empty: a refused code is typed again.
        field = widget.render(bound.html_name, None, None, bound.form.renderer)
        return render_to_string(
            "todoita/code.html",
            {
                "attributes": {name: value for name, value in attributes.items() if value is not None},
                "id": own["id"],
                "label": label,
                "input": field,
                "errors": [message for error in errors for message in error.messages],
                "content": mark_safe(self.nodelist.render(context)),
            },
        )
