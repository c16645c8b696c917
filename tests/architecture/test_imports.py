"""Who may import what, where import-linter can not say it; the layers themselves are in pyproject.toml."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.source_tree import FUNCTIONS, SOURCE, Import, Module, modules

DIALECTS = (
    "lacewing.http.bugspark",
    "lacewing.http.bugtome",
    "lacewing.http.dashboard",
    "lacewing.http.oauth",
)

Rule = Callable[[Module], Iterator[Import]]


def inside_functions(module: Module) -> Iterator[Import]:
    """An import inside a function hides a layering fault; heavy modules are loaded through kit/lazy.py."""
    for function in ast.walk(module.tree):
        if isinstance(function, FUNCTIONS):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield Import(f"{ast.unparse(node)} (inside a function)", node.lineno)


def by_name(module: Module) -> Iterator[Import]:
    """Only kit/lazy.py loads modules by name; of ours, only the same package's: no contract would see it."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id="__import__" | "import_module" as name)):
                yield from _unless(module.name == "lacewing.kit.lazy", name, node.lineno)
            case ast.Call(func=ast.Attribute(attr="import_module" as name)):
                yield from _unless(module.name == "lacewing.kit.lazy", name, node.lineno)
            case ast.Call(func=ast.Name(id="LazyModule"), args=[ast.Constant(value=str(name)), *_]):
                yield from _unless(_is_foreign_or_own(name, module), name, node.lineno)


def relative(module: Module) -> Iterator[Import]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield Import(ast.unparse(node), node.lineno)


def msgspec_outside_the_edges(module: Module) -> Iterator[Import]:
    """msgspec is for kit/json.py and the Structs of http/."""
    allowed = module.name == "lacewing.kit.json" or module.package == "http"
    return iter(()) if allowed else module.imports_of("msgspec")


def falcon_outside_http(module: Module) -> Iterator[Import]:
    """Falcon is for http/ and app.py."""
    return iter(()) if module.package in {"http", "app"} else module.imports_of("falcon")


def mcp_outside_mcp(module: Module) -> Iterator[Import]:
    """The MCP SDK is for mcp/ and app.py."""
    return iter(()) if module.package in {"mcp", "app"} else module.imports_of("mcp")


def sqlalchemy_at_the_edges(module: Module) -> Iterator[Import]:
    """http/, mcp/ and cli/ call verbs; they know no SQL."""
    return module.imports_of("sqlalchemy") if module.package in {"http", "mcp", "cli"} else iter(())


def tables_and_queries_of_others(module: Module) -> Iterator[Import]:
    """`tables` and `queries` stay in their feature; but `queries` may join the `tables` of others."""
    for found in module.imports:
        parts = found.target.split(".")
        if len(parts) < 3 or parts[0] != "lacewing" or module.package in {parts[1], "migrations"}:
            continue
        asks = any(part.endswith("queries") for part in module.name.split(".")[2:3])
        joins = parts[2] == "tables" and asks
        if (parts[2] == "tables" or parts[2].endswith("queries")) and not joins:
            yield found


def client_outside_the_command_line(module: Module) -> Iterator[Import]:
    """client/ is a library for other programs; of ours only cli/ uses it."""
    for found in module.imports:
        if found.target.startswith("lacewing.client") and module.package not in {"cli", "client"}:
            yield found


def dialects_outside_app(module: Module) -> Iterator[Import]:
    """A dialect can be deleted: only app.py, which composes them, names one."""
    for found in module.imports:
        dialect = next((name for name in DIALECTS if f"{found.target}.".startswith(f"{name}.")), None)
        if dialect and module.package != "app" and not f"{module.name}.".startswith(f"{dialect}."):
            yield found


def _is_foreign_or_own(target: str, module: Module) -> bool:
    root, package, *_ = [*target.split("."), ""]
    return root != "lacewing" or package == module.package


def _unless(allowed: bool, target: str, line: int) -> Iterator[Import]:
    if not allowed:
        yield Import(target, line)


# Each rule, and a module that breaks it: a rule that notices nothing is none.
BROKEN: dict[Rule, tuple[Module, ...]] = {
    inside_functions: (Module("lacewing/a.py", "async def f():\n    if 1:\n        import json"),),
    by_name: (
        Module("lacewing/a.py", "import importlib\nimportlib.import_module('json')"),
        Module("lacewing/a.py", "import_module('json')"),
        Module("lacewing/a.py", "LazyModule('lacewing.reports')"),
    ),
    relative: (Module("lacewing/a.py", "from . import b"),),
    msgspec_outside_the_edges: (
        Module("lacewing/reports/values.py", "import msgspec"),
        Module("lacewing/kit/clock.py", "from msgspec.json import decode"),
    ),
    falcon_outside_http: (Module("lacewing/reports/submit.py", "from falcon import HTTPError"),),
    mcp_outside_mcp: (Module("lacewing/reports/submit.py", "import mcp.types"),),
    sqlalchemy_at_the_edges: (Module("lacewing/http/dashboard/routes.py", "from sqlalchemy import select"),),
    tables_and_queries_of_others: (
        Module("lacewing/reports/queries.py", "from lacewing.accounts import queries"),
        Module("lacewing/reports/submit.py", "from lacewing.accounts.tables import people"),
        Module("lacewing/reports/submit.py", "from ..accounts.tables import people"),
        Module("lacewing/http/bugtome/routes.py", "import lacewing.reports.queries"),
    ),
    client_outside_the_command_line: (Module("lacewing/app.py", "from lacewing import client"),),
    dialects_outside_app: (
        Module("lacewing/http/edge.py", "from lacewing.http import bugspark"),
        Module("lacewing/http/bugtome/routes.py", "from lacewing.http.bugspark.wire import Report"),
    ),
}

# What the rules must let through.
SOUND = (
    Module("lacewing/reports/queries.py", "from lacewing.accounts.tables import people"),
    Module("lacewing/reports/submit.py", "from lacewing.reports import queries, tables"),
    Module("lacewing/migrations/env.py", "from lacewing.reports import tables"),
    Module(
        "lacewing/http/bugspark/routes.py", "import falcon, msgspec\nfrom lacewing.http.bugspark import wire"
    ),
    Module("lacewing/kit/json.py", "import msgspec"),
    Module("lacewing/storage/migrate.py", "alembic = LazyModule('alembic')"),
    Module("lacewing/storage/connect.py", "postgres = LazyModule('lacewing.storage.postgres')"),
    Module("lacewing/app.py", "import falcon.asgi\nfrom lacewing.http import bugspark"),
    Module("lacewing/cli/reports.py", "from lacewing import client"),
)


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_the_source_keeps(rule: Rule) -> None:
    assert [f"{module.path}:{at.line} {at.target}" for module in modules() for at in rule(module)] == []


@pytest.mark.parametrize(
    ("rule", "module"), [(rule, module) for rule, broken in BROKEN.items() for module in broken]
)
def test_a_module_that_breaks_it_is_noticed(rule: Rule, module: Module) -> None:
    assert list(rule(module))


@pytest.mark.parametrize("module", SOUND, ids=lambda module: module.path)
def test_a_sound_module_passes_every_rule(module: Module) -> None:
    assert [found for rule in BROKEN for found in rule(module)] == []


def test_every_folder_with_modules_is_a_package() -> None:
    """import-linter sees no folder without an __init__.py; Alembic loads its revisions by path."""
    folders = {path.parent for path in (SOURCE / "lacewing").rglob("*.py")}
    bare = {
        folder.relative_to(SOURCE).as_posix() for folder in folders if not (folder / "__init__.py").exists()
    }

    assert bare - {"lacewing/migrations", "lacewing/migrations/versions"} == set()
