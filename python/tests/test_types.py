"""The types (`__init__.pyi`) are those of what runs: names, parameters and members."""

import ast
import inspect
import pathlib

import pytest
import todoita

STUB = ast.parse(pathlib.Path(todoita.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
FUNCTIONS = [node for node in STUB.body if isinstance(node, ast.FunctionDef)]
CLASSES = [node for node in STUB.body if isinstance(node, ast.ClassDef)]


def test_the_names_are_those_of_the_package():
    assert sorted(node.name for node in FUNCTIONS + CLASSES) == sorted(todoita.__all__)
    assert pathlib.Path(todoita.__file__).with_name("py.typed").is_file()


@pytest.mark.parametrize("node", FUNCTIONS, ids=lambda node: node.name)
def test_the_parameters_of(node):
    parameters = inspect.signature(getattr(todoita, node.name)).parameters.values()
    keywords = [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
    others = [parameter.name for parameter in parameters if parameter.kind is not parameter.KEYWORD_ONLY]
    assert others == [argument.arg for argument in node.args.args]
    assert keywords == [argument.arg for argument in node.args.kwonlyargs]
    required = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    assert len(required) == len(node.args.args) - len(node.args.defaults)


@pytest.mark.parametrize("node", CLASSES, ids=lambda node: node.name)
def test_the_members_of(node):
    members = {member for member in dir(getattr(todoita, node.name)) if not member.startswith("_")}
    assert members == {item.name for item in node.body if isinstance(item, ast.FunctionDef) and item.name != "__bool__"}
