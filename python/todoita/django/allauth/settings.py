"""Values for a project's settings."""

MFA_FORMS = {
    "authenticate": "todoita.django.allauth.forms.AuthenticateForm",
    "reauthenticate": "todoita.django.allauth.forms.ReauthenticateForm",
}

ACCOUNT_FORMS = {
    "confirm_login_code": "todoita.django.allauth.forms.ConfirmLoginCodeForm",
    "confirm_reauthentication_code": "todoita.django.allauth.forms.ConfirmReauthenticationCodeForm",
    "confirm_email_verification_code": "todoita.django.allauth.forms.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "todoita.django.allauth.forms.ConfirmPasswordResetCodeForm",
    "verify_phone": "todoita.django.allauth.forms.VerifyPhoneForm",
}
