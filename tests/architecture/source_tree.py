"""The source of Lacewing as the architecture tests read it: modules, and what each imports; none is run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Import:
    """`from a import b` is listed as `a` and as `a.b`, since `b` may be a module."""

    target: str
    line: int


@dataclass(frozen=True)
class Module:
    path: str
    text: str

    @property
    def name(self) -> str:
        parts = Path(self.path).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def package(self) -> str:
        """The part of Lacewing that it belongs to: `reports` for lacewing.reports.queries."""
        return [*self.name.split("."), ""][1]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.path)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(found for node in ast.walk(self.tree) for found in self._imported_by(node))

    def imports_of(self, *packages: str) -> Iterator[Import]:
        return (found for found in self.imports if found.target.split(".")[0] in packages)

    def _imported_by(self, node: ast.AST) -> Iterator[Import]:
        match node:
            case ast.Import(names=names):
                yield from (Import(alias.name, node.lineno) for alias in names)
            case ast.ImportFrom(names=names):
                origin = self._origin(node)
                yield Import(origin, node.lineno)
                yield from (Import(f"{origin}.{alias.name}", node.lineno) for alias in names)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        inside = self.name.split(".") + (["__init__"] if self.path.endswith("__init__.py") else [])
        return ".".join([*inside[: -node.level], *([node.module] if node.module else [])])


def modules() -> tuple[Module, ...]:
    found = sorted((SOURCE / "lacewing").rglob("*.py"))
    assert found, "there is no source to judge"
    return tuple(Module(path.relative_to(SOURCE).as_posix(), path.read_text("utf-8")) for path in found)
