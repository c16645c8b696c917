"""Files and functions stay small enough to be read at once."""

import ast

from tests.architecture.source_tree import Module, modules

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60


def long_files(module: Module) -> list[str]:
    lines = len(module.text.splitlines())
    return [f"{module.path} has {lines} lines"] if lines > MAX_FILE_LINES else []


def long_functions(module: Module) -> list[str]:
    return [
        f"{module.path}:{node.lineno} {node.name}() has {lines} lines"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION_LINES
    ]


def test_no_file_is_longer_than_its_budget() -> None:
    assert [fault for module in modules() for fault in long_files(module)] == []


def test_no_function_is_longer_than_its_budget() -> None:
    assert [fault for module in modules() for fault in long_functions(module)] == []


def test_one_line_over_a_budget_is_noticed() -> None:
    body = "    pass\n" * (MAX_FUNCTION_LINES - 1)

    assert long_functions(Module("fits.py", f"def fits():\n{body}")) == []
    assert long_functions(Module("long.py", f"class A:\n async def long():\n{body}    pass\n")) == [
        "long.py:2 long() has 61 lines"
    ]
    assert long_files(Module("fits.py", "1\n" * MAX_FILE_LINES)) == []
    assert long_files(Module("long.py", "1\n" * MAX_FILE_LINES + "1")) == ["long.py has 401 lines"]
