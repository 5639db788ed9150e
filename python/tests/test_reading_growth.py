"""Reading a text four times as long takes less than eight times as many instructions. A quadratic reader would take sixteen times; four
times is out of reach, since a number is compared with those up to 400 characters before it, of which a short text has fewer.

Instructions are counted by wasmtime ("fuel"), so that the result is the same on every machine.
"""

import json
import pathlib

import pytest
from wasmtime import Config, Engine, Instance, Module, Store

WASM = pathlib.Path(__file__).parents[2] / "target" / "wasm-abi" / "todoita.wasm"

# The pieces that cost the reader most.
PIECES = [
    "1 ", "1. ", "123456 ", "1234 5678 ", "code 482913 ", "12-", "1-2.", "@", "@a #", "@a.b #1 ", "a@b.c#1 ", "https://", "./", "?",
    "w", "www.", "|", "1|", "-", "認証", "番号", "注文 ", "\u200b", "\u0300", "1:", "O", "AB12CD34 ", "AB12CD34\n", "MXMR-MKRZ\n",
    "code: A1B2C3D4 ", "A-",
]  # fmt: skip
RULES = [
    {"host": "example.com"},
    {"host": "example.com", "backup": "alphanumeric"},
    {"host": "example.com", "code": "alphanumeric", "digits": 8},
]
FUEL = 10**12


@pytest.fixture(scope="module")
def instructions():
    config = Config()
    config.consume_fuel = True
    engine = Engine(config)
    module = Module.from_file(engine, str(WASM))

    def count(text, rule):
        store = Store(engine)
        store.set_fuel(FUEL)
        exports = Instance(store, module, []).exports(store)
        data = json.dumps({"text": text, **rule}, ensure_ascii=False).encode()
        at = exports["alloc"](store, len(data))
        exports["memory"].write(store, data, at)
        before = store.get_fuel()
        exports["read_code"](store, at, len(data))
        return before - store.get_fuel()

    return count


@pytest.mark.parametrize("rule", RULES)
def test_instructions_grow_linearly(instructions, rule):
    # Both lengths are below the 16,384 characters that are read of a text: above them every text costs the same.
    for piece in PIECES:
        short, long = (instructions(piece * (length // len(piece)), rule) for length in (4_000, 16_000))
        assert long < 8 * short, (piece, short, long)


def test_a_longer_text_costs_more(instructions):
    assert instructions("1 " * 2_000, RULES[0]) > 100_000
