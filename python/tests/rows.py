"""The rows of tests/vectors, for any implementation of the functions."""

import json
import pathlib

VECTORS = pathlib.Path(__file__).parents[2] / "tests" / "vectors"


def rows(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))["rows"]


def misses():
    lines = (VECTORS / "known-misses.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(" ")[0] for line in lines}


def code_rows():
    """Every row of a text with a code, without those that the project itself does not read as expected."""
    known = misses()
    for name in ("code.json", "code-alphanumeric.json", "backup-format.json"):
        yield from (row for row in rows(name) if row["id"] not in known)


def check_code(row, kind, digits, problem):
    expect = row["expect"]
    got = {"kind": kind, "digits": digits if kind else None}
    if "problem" in expect:
        got["problem"] = problem
    assert got == expect, row["id"]
