from django import forms
from todoita.django.forms import CodeFormMixin


class CodeForm(CodeFormMixin, forms.Form):
    code = forms.CharField(label="認証コード")
    code_options = {"digits": 6}  # those of read_code

    def clean_code(self):
        if self.cleaned_data["code"] != "482913":
            raise forms.ValidationError("認証コードがちがいます。", code="wrong")
        return self.cleaned_data["code"]
