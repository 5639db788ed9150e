"""The tag and the forms of `todoita.django`, without a browser. tests/hosts/django.test.mjs drives them in one."""

from datetime import datetime, timezone

import django_site  # noqa: F401
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template, TemplateSyntaxError
from todoita.django.forms import CodeFormMixin, read_codes

RIGHT = "482913"


class Plain(forms.Form):
    code = forms.RegexField(label="コード<b>", regex="^[0-9]*$", max_length=6)

    def clean_code(self):
        if self.cleaned_data["code"] != RIGHT:
            raise ValidationError("ちがいます", code=self.data.get("error", "incorrect_code"))
        return self.cleaned_data["code"]


class Reading(CodeFormMixin, Plain):
    pass


class WithAttributes(forms.Form):
    code = forms.CharField(max_length=6, min_length=6, widget=forms.TextInput({"pattern": "[0-9]*", "placeholder": "123456", "class": "wide"}))


def render(source, **context):
    return Template("{% load todoita %}" + source).render(Context(context))


def element(form, options=""):
    return render("{% todoita form.code " + options + " %}<button>次へ</button>{% endtodoita %}", form=form)


@pytest.mark.parametrize("typed", ["482913", "４８２９１３", "482-913", "2026/11/22 10:30 認証番号：４８２９１３", " 482 913 "])
def test_a_form_reads_what_was_typed(typed):
    form = Reading({"code": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["code"] == RIGHT


def test_without_the_mixin_it_is_refused():
    assert not Plain({"code": "４８２ ９１３"}).is_valid()


@pytest.mark.parametrize("typed", ["482914", "48291", "abc", "", "482913 484555", "0" * 200_000])
def test_a_text_without_the_code_is_refused_as_before(typed):
    assert not Reading({"code": typed}).is_valid()


def test_the_element_has_the_label_the_input_and_the_button():
    html = element(Reading(), "channel='app'")
    assert '<todoita-code channel="app" lang="ja" now="' in html
    assert '<label for="id_code">コード&lt;b&gt;</label>' in html
    assert 'name="code"' in html and 'autocomplete="one-time-code"' in html and "required" in html
    assert "maxlength" not in html and "pattern" not in html
    assert "<button>次へ</button>" in html
    assert "cause=" not in html and '<p role="alert"></p>' in html


def test_a_form_without_the_mixin_has_no_attribute_that_cuts_a_message():
    form = WithAttributes()
    html = element(form)
    for name in ["maxlength", "minlength", "pattern", "placeholder"]:
        assert f" {name}=" not in html, html
    assert ' class="wide"' in html and ' id="id_code"' in html
    # The form's own widget is as it was.
    assert form.fields["code"].widget.attrs["placeholder"] == "123456"


def test_an_option_out_of_its_range_is_an_error_when_the_form_is_made():
    with pytest.raises(ValueError, match="^digits: "):
        read_codes(Plain(), digits=11)


def test_a_refusal_is_stated_with_and_without_javascript():
    html = element(Reading({"code": "000000"}))
    assert 'cause="wrong"' in html and '<p role="alert">ちがいます</p>' in html and 'aria-invalid="true"' in html
    assert "000000" not in html


@pytest.mark.parametrize(
    ("error", "cause"),
    [("too_many_login_attempts", "limited"), ("email_taken", "unknown"), ("phone_taken", "unknown"), ("new_one", "wrong")],
)
def test_a_cause_for_the_code_of_an_error(error, cause):
    assert f'cause="{cause}"' in element(Reading({"code": "000000", "error": error}))


def test_an_empty_field_has_no_cause():
    assert "cause=" not in element(Reading({"code": ""}))


def test_facts_are_attributes():
    facts = {"expires_at": datetime(2026, 11, 22, 1, 30, tzinfo=timezone.utc), "attempts_left": 0, "alternatives": ["email", "backup"], "site": 'a"b', "sent": True, "domain": None}
    html = render("{% todoita form.code facts=facts digits=8 %}{% endtodoita %}", form=Reading(), facts=facts)
    for wanted in ['expires-at="2026-11-22T01:30:00Z"', 'attempts-left="0"', 'alternatives="email backup"', 'site="a&quot;b"', 'sent=""', 'digits="8"']:
        assert wanted in html, wanted
    assert "domain" not in html


def test_a_time_without_a_zone_is_an_error():
    with pytest.raises(ValueError):
        render("{% todoita form.code expires_at=at %}{% endtodoita %}", form=Reading(), at=datetime(2026, 1, 1))


@pytest.mark.parametrize("source", ["{% todoita %}{% endtodoita %}", "{% todoita form.code app %}{% endtodoita %}", "{% todoita form.code %}"])
def test_a_wrong_use_of_the_tag_is_an_error(source):
    with pytest.raises(TemplateSyntaxError):
        render(source, form=Reading())


def test_the_files_are_there():
    from django.contrib.staticfiles import finders

    assert 'src="/static/todoita/dist/todoita.js"' in render("{% todoita_files %}")
    for name in ["dist/todoita.js", "dist/todoita.css", "dist/todoita-guide.css", "words/ko.json", "pictures.json"]:
        assert finders.find(f"todoita/{name}"), name


def test_the_files_are_copied(tmp_path, capsys):
    from todoita.__main__ import main

    assert main(["copy", str(tmp_path / "static")]) == 0
    assert (tmp_path / "static" / "dist" / "todoita.js").stat().st_size > 10_000
    assert "files in" in capsys.readouterr().out
