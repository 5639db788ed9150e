"""Numbers of accounts, for allauth: its adapter asks your code where a number is kept and how a text message is sent."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import get_user_model

#: Your table: the number of each account, and whether it was confirmed.
numbers = {}
#: Your gateway. Here the text messages wait to be looked at.
outbox = []


class Adapter(DefaultAccountAdapter):
    def get_phone(self, user):
        return numbers.get(user.pk)

    def set_phone(self, user, phone, verified):
        numbers[user.pk] = (phone, verified)

    def set_phone_verified(self, user, phone):
        numbers[user.pk] = (phone, True)

    def get_user_by_phone(self, phone):
        owner = next((pk for pk, (number, _) in numbers.items() if number == phone), None)
        return get_user_model().objects.filter(pk=owner).first()

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        # The last line binds the code to your host, so that a browser offers it nowhere else.
        outbox.append(f"認証コード：{code}\n\n@{self.request.get_host().split(':')[0]} #{code}")
