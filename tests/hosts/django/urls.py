"""The addresses of the site, and what only its tests have: /fresh enrols a new account, /outbox has the last mail, /messages the
last text message, and /clock moves the clock by which allauth's codes expire."""

import secrets
import time
from datetime import timedelta

from allauth.account.internal.flows import code_verification
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core import mail
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from todoita.django.two_factor.views import LoginView
from two_factor.urls import urlpatterns as two_factor_urls

import phones
from forms import CodeForm

PASSWORD = "of the tests"


def policy(get_response):
    """The policy that docs/embedding.md states, with which nothing inline runs."""

    def respond(request):
        response = get_response(request)
        response["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'"
        )
        return response

    return respond


def fresh(request):
    name = "u" + secrets.token_hex(4)
    user = get_user_model().objects.create_user(name, f"{name}@example.com", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    account = {"name": name, "email": user.email, "password": PASSWORD}
    kind = request.GET["kind"]
    if kind == "allauth":
        account["secret"] = generate_totp_secret()
        TOTP.activate(user, account["secret"])
        account["backup"] = RecoveryCodes.activate(user).get_unused_codes()
    elif kind == "two-factor":
        device = TOTPDevice.objects.create(user=user, name="default")
        account["secret"] = device.bin_key.hex()
        static = StaticDevice.objects.create(user=user, name="backup")
        # With a digit: the test puts a space into it, and two groups of small letters alone are words (docs/reading.md).
        tokens = iter(StaticToken.random_token, "")
        token = next(token for token in tokens if not token.isalpha())
        account["backup"] = [static.token_set.create(token=token).token]
    return JsonResponse(account)


class Clock:
    """In place of the module ``time``, where allauth asks how old a code is."""

    ahead = 0

    def time(self):
        return time.time() + self.ahead


code_verification.time = Clock()


def clock(request):
    code_verification.time.ahead = int(request.GET["ahead"])
    return HttpResponse(status=204)


def messages(request):
    return JsonResponse({"text": phones.outbox[-1] if phones.outbox else None, "count": len(phones.outbox)})


def outbox(request):
    return JsonResponse({"text": mail.outbox[-1].body, "count": len(mail.outbox)})


@login_required
def signed_in(request):
    return HttpResponse(f"<!doctype html><title>in</title><h1>{request.user.get_username()}</h1>")


def own(request):
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return redirect("/accepted")
    return render(request, "own.html", {"form": form, "expires_at": timezone.now() + timedelta(minutes=5)})


urlpatterns = [
    path("own", own),
    path("accepted", lambda request: HttpResponse("<!doctype html><title>accepted</title>")),
    path("fresh", fresh),
    path("outbox", outbox),
    path("messages", messages),
    path("clock", clock),
    path("in", signed_in),
    path("favicon.ico", lambda request: HttpResponse(status=204)),
    path("accounts/", include("allauth.urls")),
    path("account/login/", LoginView.as_view()),
    path("", include(two_factor_urls)),
]
