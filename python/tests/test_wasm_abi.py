"""`todoita.wasm` by wasmtime, as docs/wasm-abi.md describes it: the rows that tests/wasm-abi reads in Node."""

import os
import pathlib
import runpy

import pytest
from rows import check_code, code_rows, rows

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="module")
def call():
    """The function of the documentation's program, which reads todoita.wasm in the folder where it runs."""
    before = os.getcwd()
    os.chdir(ROOT / "target" / "wasm-abi")
    try:
        return runpy.run_path(str(ROOT / "tests" / "hosts" / "python" / "wasm.py"))["call"]
    finally:
        os.chdir(before)


def test_every_row_with_a_code(call):
    count = 0
    for row in code_rows():
        reading = call("read_code", {"text": row["text"], **row.get("options", {})})
        check_code(row, reading["kind"], reading["digits"], reading["problem"])
        count += 1
    assert count >= 1500, count


def test_every_row_of_phone_numbers(call):
    for row in rows("phone.json"):
        assert call("read_phone", {"text": row["text"]}) == row["expect"], row["id"]


def test_every_row_of_one_time_passwords(call):
    count = 0
    for row in rows("otp.json"):
        secret, digits = row.get("secret"), row.get("digits")
        if row["kind"] == "hotp":
            result = call("hotp", {"secret": secret, "counter": row["counter"], "digits": digits})
        elif row["kind"] == "totp":
            request = {"secret": secret, "time": row["seconds"] * 1000, "digits": digits, "period": row["period"]}
            result = call("totp", request)
        else:
            continue
        assert result == {"code": row["expect"]}, row["id"]
        count += 1
    assert count >= 40, count


def test_an_invalid_request_is_named(call):
    error = call("read_code", {"text": "1", "digits": 3})["error"]
    assert (error["type"], error["argument"]) == ("range", "digits")
    assert call("read_code", b"{")["error"]["argument"] == "request"


def test_a_text_of_the_longest_length_is_read_in_every_notation(call):
    # json.dumps writes each of these characters as two escapes of six bytes.
    text = "482913" + "\U0001f600" * 99_994
    assert call("read_code", {"text": text})["digits"] == "482913"
    assert call("read_code", {"text": text + "1"})["error"]["argument"] == "text"


def test_a_longer_request_is_not_written(call):
    with pytest.raises(ValueError, match="too long"):
        call("read_code", {"text": "1" * 2_097_152})
    assert call("read_code", {"text": "482913"})["digits"] == "482913"
