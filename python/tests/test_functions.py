"""The functions of the installed package: the rows of tests/vectors, and arguments that are refused."""

import pathlib
import re
import runpy
import time
from datetime import datetime, timezone

import pytest
import todoita
from rows import check_code, code_rows, rows

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
BYTES = b"12345678901234567890"


def snake(options):
    return {re.sub("[A-Z]", lambda found: "_" + found[0].lower(), name): value for name, value in options.items()}


def test_every_row_with_a_code():
    count = 0
    for row in code_rows():
        reading = todoita.read_code(row["text"], **snake(row.get("options", {})))
        check_code(row, reading.kind, reading.digits, reading.problem)
        assert bool(reading) is (reading.kind is not None)
        count += 1
    assert count >= 1500, count


def test_every_row_of_phone_numbers():
    all_rows = rows("phone.json")
    for row in all_rows:
        phone = todoita.read_phone(row["text"])
        names = ["e164", "national", "kind", "sms", "fixes"] if phone else ["problem"]
        assert {name: getattr(phone, name) for name in names} == row["expect"], row["id"]
    assert len(all_rows) >= 80


def test_every_row_of_one_time_passwords():
    count = 0
    for row in rows("otp.json"):
        if row["kind"] == "hotp":
            counter, digits = row["counter"], row["digits"]
            assert todoita.hotp(row["secret"], counter, digits) == row["expect"], row["id"]
            verdict = todoita.verify_hotp(row["secret"], row["expect"], counter, digits=digits)
            assert (verdict.ok, verdict.counter, verdict.next, verdict.cause) == (True, counter, counter + 1, None)
        elif row["kind"] == "totp":
            options = {"digits": row["digits"], "period": row["period"]}
            assert todoita.totp(row["secret"], row["seconds"], **options) == row["expect"], row["id"]
            verdict = todoita.verify_totp(row["secret"], row["expect"], row["seconds"], **options)
            assert verdict and verdict.step == row["seconds"] // row["period"]
            used = todoita.verify_totp(row["secret"], row["expect"], row["seconds"], last_step=verdict.step, **options)
            assert (bool(used), used.step, used.cause) == (False, None, "used")
        else:
            continue
        count += 1
    assert count >= 40, count


def test_secrets_and_times_in_every_form():
    at = datetime(2005, 3, 18, 1, 58, 29, tzinfo=timezone.utc)
    codes = {todoita.totp(secret, moment) for secret in (SECRET, SECRET.lower(), BYTES, bytearray(BYTES)) for moment in (at, 1111111109, 1111111109.5)}
    assert codes == {"081804"}


def test_key_uris():
    uri = todoita.key_uri(BYTES, "hana@example.com", issuer="Hibari")
    key = todoita.read_key_uri(uri)
    assert (key.type, key.secret, key.account, key.issuer) == ("totp", SECRET, "hana@example.com", "Hibari")
    assert (key.digits, key.algorithm, key.period, key.counter) == (6, "SHA1", 30, None)
    assert SECRET not in repr(key)
    last = 2**64 - 1
    counted = todoita.read_key_uri(todoita.key_uri(SECRET, "hana", type="hotp", counter=last))
    assert (counted.type, counted.period, counted.counter) == ("hotp", None, last)
    verdict = todoita.verify_hotp(SECRET, todoita.hotp(SECRET, last), last)
    assert verdict.ok and verdict.next is None


def test_new_secrets_differ():
    secrets = {todoita.new_secret() for _ in range(20)}
    assert len(secrets) == 20 and all(len(secret) == 20 for secret in secrets)
    secret = secrets.pop()
    assert todoita.verify_totp(secret, todoita.totp(secret, time.time()), time.time())


def test_a_token_that_ran_ahead():
    first, second = todoita.hotp(SECRET, 50), todoita.hotp(SECRET, 51)
    assert todoita.resync_hotp(SECRET, first, second, 0).next == 52
    assert todoita.resync_hotp(SECRET, first, first, 0).cause == "wrong"


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("digits", lambda: todoita.read_code("1", digits=3)),
        ("digits", lambda: todoita.read_code("1", digits=2**80)),
        ("code", lambda: todoita.read_code("1", code="letters")),
        ("backup", lambda: todoita.read_code("1", backup="letters")),
        ("backup_digits", lambda: todoita.read_code("1", backup_digits=3)),
        ("backup_digits", lambda: todoita.read_code("1", backup_digits=8, backup_format="xxxx")),
        ("backup_format", lambda: todoita.read_code("1", backup_format="xx")),
        ("text", lambda: todoita.read_code("1" * 100_001)),
        ("region", lambda: todoita.read_phone("1", region="US")),
        ("secret", lambda: todoita.totp(SECRET[1:] + "1", 0)),
        ("secret", lambda: todoita.totp(b"short", 0)),
        ("time", lambda: todoita.totp(SECRET, -1)),
        ("time", lambda: todoita.totp(SECRET, float("nan"))),
        ("time", lambda: todoita.totp(SECRET, time.time() * 1000)),
        ("time", lambda: todoita.totp(SECRET, datetime(2026, 1, 1))),
        ("period", lambda: todoita.totp(SECRET, 0, period=0)),
        ("window", lambda: todoita.verify_totp(SECRET, "000000", 0, window=11)),
        ("last_step", lambda: todoita.verify_totp(SECRET, "000000", 0, last_step=-1)),
        ("counter", lambda: todoita.hotp(SECRET, -1)),
        ("counter", lambda: todoita.hotp(SECRET, 2**64)),
        ("look_ahead", lambda: todoita.verify_hotp(SECRET, "000000", 0, look_ahead=101)),
        ("account", lambda: todoita.key_uri(SECRET, "a:b")),
        ("counter", lambda: todoita.key_uri(SECRET, "a", type="hotp")),
        ("type", lambda: todoita.key_uri(SECRET, "a", type="u2f")),
        ("text", lambda: todoita.read_key_uri(f"otpauth://totp/a?secret={SECRET}&digits=9")),
    ],
)
def test_a_value_outside_its_range_is_named(argument, call):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(f"{argument}: ")
    assert SECRET[1:9] not in str(caught.value)


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("text", lambda: todoita.read_code(None)),
        ("text", lambda: todoita.read_code(482913)),
        ("text", lambda: todoita.read_code(b"482913")),
        ("digits", lambda: todoita.read_code("1", digits="6")),
        ("digits", lambda: todoita.read_code("1", digits=True)),
        ("host", lambda: todoita.read_code("1", host=1)),
        ("secret", lambda: todoita.totp(None, 0)),
        ("time", lambda: todoita.totp(SECRET, "0")),
        ("time", lambda: todoita.totp(SECRET, True)),
        ("counter", lambda: todoita.hotp(SECRET, 1.0)),
        ("code", lambda: todoita.verify_totp(SECRET, 123456, 0)),
        ("account", lambda: todoita.key_uri(SECRET, None)),
    ],
)
def test_a_value_of_another_type_is_named(argument, call):
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value).startswith(f"{argument}: ")


def test_the_limits_are_those_of_the_compiled_part():
    assert todoita.read_code("482913".ljust(todoita._core.LONGEST_TEXT)).digits == "482913"
    with pytest.raises(ValueError):
        todoita.read_code("1" * (todoita._core.LONGEST_TEXT + 1))
    assert len(todoita.new_secret()) == todoita._core.NEW_SECRET_BYTES == 20


def test_an_unknown_option_is_an_error():
    with pytest.raises(TypeError):
        todoita.read_code("482913", digit=6)


def test_results_cannot_be_changed():
    reading = todoita.read_code("482913")
    with pytest.raises(AttributeError):
        reading.digits = "000000"
    assert reading == todoita.read_code("482913") and reading != todoita.read_code("482914")


def test_a_text_with_half_a_character_is_read():
    assert todoita.read_code("\udce3 482913").digits == "482913"


@pytest.mark.parametrize("name", ["reading.py", "verifying.py"])
def test_the_code_of_the_documentation_runs(name):
    runpy.run_path(str(pathlib.Path(__file__).parents[2] / "tests" / "hosts" / "python" / name))
