"""Forms that read a code as the element does, for people without JavaScript."""

from todoita import read_code
from todoita._core import LONGEST_TEXT

# Attributes that would cut a pasted message or refuse it before it is read, and a placeholder, which looks like a code.
CUTTING = ("maxlength", "minlength", "pattern", "placeholder")


def read_codes(form, name="code", **options):
    """Lets the field ``name`` of a form read its text by ``read_code``, with its ``options``.

    A text without a code stays as it is: the form refuses it as it refuses any wrong code. An option that ``read_code``
    refuses is its ValueError or TypeError here, when the form is made, and not only when somebody sends it.
    """
    read_code("", **options)
    field = form.fields[name]
    convert = field.to_python

    def to_python(value):
        reading = read_code(value, **options) if isinstance(value, str) and len(value) <= LONGEST_TEXT else None
        return convert(reading.digits if reading else value)

    field.to_python = to_python
    for attribute in CUTTING:
        field.widget.attrs.pop(attribute, None)
    return form


class CodeFormMixin:
    """A form whose field ``code_field`` is read by ``read_code`` with ``code_options``. Put it before the form's class."""

    code_field = "code"
    code_options = {}

    def get_code_options(self):
        """The options of ``read_code`` for this form."""
        return self.code_options

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        read_codes(self, self.code_field, **self.get_code_options())
