"""The apps for django-allauth and django-two-factor-auth without a browser: what their pages state and keep, and their settings."""

import pathlib
import re
import time
from datetime import datetime, timedelta

import django_site
import pytest
import todoita
from django import forms
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import get_template
from django.test import Client, override_settings
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from todoita.django.allauth import formats
from todoita.django.allauth.forms import ConfirmLoginCodeForm
from todoita.django.allauth.templatetags.todoita_allauth import masked
from todoita.django.two_factor.views import LoginView
from two_factor.forms import AuthenticationTokenForm
from two_factor.plugins.registry import MethodBase, registry


class SignIn:
    """A sign-in by two_factor whose password was accepted."""

    def __init__(self):
        self.client = Client()
        self.account = django_site.account(self.client, "two-factor")
        self.page = self.step("auth", username=self.account["name"], password=self.account["password"])

    def step(self, name, **fields):
        data = {f"{name}-{field}": value for field, value in fields.items()}
        return self.post({"login_view-current_step": name, **data})

    def post(self, data):
        return self.client.post("/account/login/", data)


def element(response):
    """The attributes of the page's element; None if it has none."""
    found = re.search("<todoita-code([^>]*)>", response.content.decode())
    return found and dict(re.findall(r' ([a-z-]+)="([^"]*)"', found[1]))


@pytest.fixture
def throttling():
    """django-otp's own settings, which the site changes for its browser."""
    with override_settings():
        del settings.OTP_TOTP_THROTTLE_FACTOR
        yield


@pytest.mark.parametrize(("step", "model"), [("token", TOTPDevice), ("backup", StaticDevice)])
def test_two_factor_states_until_when_no_code_is_verified(throttling, step, model):
    sign_in = SignIn()
    if step == "backup":
        sign_in.post({"wizard_goto_step": "backup"})
    refused = element(sign_in.step(step, otp_token="000000"))
    assert refused["cause"] == "wrong" and "retry-at" not in refused
    # Nine more failures: django-otp doubles the second of the first.
    device = model.objects.filter(user__username=sign_in.account["name"])
    device.update(throttling_failure_count=10)
    right = todoita.totp(bytes.fromhex(sign_in.account["secret"]), time.time()) if step == "token" else sign_in.account["backup"][0]
    locked = element(sign_in.step(step, otp_token=right))
    assert locked["cause"] == "locked"
    until = device.get().throttling_failure_timestamp + timedelta(seconds=512)
    assert datetime.fromisoformat(locked["retry-at"].replace("Z", "+00:00")) == until


def test_two_factor_asks_for_the_codes_of_the_device():
    sign_in = SignIn()
    assert (element(sign_in.page)["channel"], element(sign_in.page)["digits"]) == ("app", "6")
    backup = element(sign_in.post({"wizard_goto_step": "backup"}))
    assert (backup["channel"], backup["backup"]) == ("backup", "alphanumeric")


class SecurityKey:
    """A device as two_factor's plugins for WebAuthn and YubiKey have it: its form has an `otp_token` that nobody types."""

    persistent_id = "key/1"

    def __init__(self):
        self.received = []

    def generate_challenge(self):
        pass

    def verify_is_allowed(self):
        return True, None

    def verify_token(self, token):
        self.received.append(token)
        return False


class SecurityKeyMethod(MethodBase):
    code = "key"

    def get_devices(self, user):
        return []

    def recognize_device(self, device):
        return isinstance(device, SecurityKey)

    def get_token_form_class(self):
        class Form(AuthenticationTokenForm):
            otp_token = forms.CharField(widget=forms.HiddenInput)

        return Form

    def get_action(self, device):
        return "Use the key"

    get_verbose_action = get_action


def test_two_factor_keeps_the_form_of_a_security_key(monkeypatch):
    key = SecurityKey()
    monkeypatch.setattr(LoginView, "get_device", lambda self, step=None: key)
    monkeypatch.setattr(registry, "_methods", [*registry.get_methods(), SecurityKeyMethod()])
    sign_in = SignIn()
    assert element(sign_in.page) is None
    assert '<input type="hidden" name="token-otp_token"' in sign_in.page.content.decode()
    # Nothing is read out of what the key signed.
    signed = '{"id": "482913"}'
    assert element(sign_in.step("token", otp_token=signed)) is None
    assert key.received == [signed]


@pytest.mark.parametrize("format", [{"numeric": True, "length": 3}, {"numeric": True, "length": 12}, {"numeric": False, "length": 11}])
def test_allauth_a_length_that_the_field_does_not_have_names_the_setting(format):
    with override_settings(ALLAUTH_USER_CODE_FORMAT=format):
        with pytest.raises(ImproperlyConfigured, match="ALLAUTH_USER_CODE_FORMAT.* 4 to 10"):
            ConfirmLoginCodeForm(code="482913")


@pytest.mark.parametrize("length", [4, 10])
def test_allauth_every_length_of_the_field_is_read(length):
    with override_settings(ALLAUTH_USER_CODE_FORMAT={"numeric": True, "length": length}):
        code = "4829137056"[:length]
        form = ConfirmLoginCodeForm({"code": f"認証番号：{code}"}, code=code)
        assert form.is_valid() and formats.sent_code("LOGIN_BY_CODE_FORMAT")["digits"] == length


def test_allauth_a_destination_is_masked_as_that_of_the_login_service():
    destinations = ["hanako@example.com", "花子@example.com", "+819012345678", "12", ""]
    assert [masked(it) for it in destinations] == ["h•••@example.com", "花•••@example.com", "5678", "12", ""]


OWN = pathlib.Path(todoita.__file__).parent / "django"
# Those in a folder `todoita` are included by them.
REPLACED = [
    path for app in ("allauth", "two_factor") for path in sorted((OWN / app / "templates").rglob("*.html")) if "/templates/todoita/" not in str(path)
]


def source(path):
    """A template with those of its app that it includes."""
    templates = pathlib.Path(str(path).split("/templates/")[0]) / "templates"
    text = path.read_text(encoding="utf-8")
    return "".join([text, *(source(templates / name) for name in re.findall(r'{% include "(todoita/[^"]+)" %}', text))])


def parts(source):
    """The blocks of a template and the sentences that it shows."""
    blocks = re.findall(r"{% block '?([^ ']+)'? %}", source)
    sentences = re.findall(r"""{% trans(?:late)? ["'](.+?)["'] %}""", source)
    sentences += [" ".join(text.split()) for text in re.findall(r"{% blocktrans(?:late)?[^%]*%}(.*?){% endblocktrans", source, re.S)]
    return set(blocks), set(sentences)


@pytest.mark.parametrize("path", REPLACED, ids=lambda path: path.stem)
def test_a_replaced_template_keeps_the_blocks_and_sentences_of_the_original(path):
    name = str(path).split("/templates/")[1]
    template = get_template(name).template
    assert template.origin.name == str(path)
    site_packages = OWN.parents[1]
    original = next(site_packages / app / "templates" / name for app in ("allauth", "two_factor") if (site_packages / app / "templates" / name).exists())
    blocks, sentences = parts(source(path))
    wanted_blocks, wanted_sentences = parts(original.read_text(encoding="utf-8"))
    assert len(wanted_blocks) >= 2 and len(wanted_sentences) >= 3
    assert (wanted_blocks - blocks, wanted_sentences - sentences) == (set(), set())


def test_allauth_states_where_a_code_was_sent_before_the_form():
    client = Client()
    mail = django_site.account(client, "mail")["email"]
    page = client.post("/accounts/login/code/", {"email": mail}, follow=True).content.decode()
    assert 0 < page.index(f'<a href="mailto:{mail}">') < page.index("<todoita-code")
