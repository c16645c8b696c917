"""Modules that are loaded on first use, so that starting stays quick and small."""

import importlib
from types import ModuleType

TYPE_CHECKING = False  # as type checkers take it to be true: typing is most of the time of a start without it
if TYPE_CHECKING:
    from typing import Any


class LazyModule:
    """Stands for a module until an attribute of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._module: ModuleType | None = None

    def __getattr__(self, attribute: str) -> "Any":  # noqa: ANN401 - a module's attribute can be anything
        if self._module is None:
            self._module = importlib.import_module(self._name)
        return getattr(self._module, attribute)
