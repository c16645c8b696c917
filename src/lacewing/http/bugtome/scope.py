"""What is asked of all that a token reaches can be asked of one organization of it, in the same words."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar

from lacewing.access.permissions import CredentialKind
from lacewing.http.core import Core
from lacewing.http.endpoint import Call, Handler, Routes
from lacewing.http.references import uuid_in

ORGANIZATION = "/mcp/organizations/{organization_id}"
Registered = TypeVar("Registered", bound=Handler)


def add_to_both(
    routes: Routes,
    method: str,
    path: str,
    *,
    accepts: frozenset[CredentialKind],
    **options: Any,  # noqa: ANN401
) -> Callable[[Registered], Registered]:
    """Declares a handler at `path`, and once more below an organization."""

    def register(handler: Registered) -> Registered:
        routes.add(method, path, accepts=accepts, **options)(handler)
        below = within_organization(handler)
        routes.add(method, ORGANIZATION + path, accepts=accepts, **options)(below)
        return handler

    return register


def within_organization(handler: Handler) -> Handler:
    """The handler, for a caller who may do nothing outside the organization of the path."""

    @wraps(handler)
    async def scoped(core: Core, call: Call[Any, Any]) -> object:
        actor = call.actor.within(uuid_in(call.path, "organization_id"))
        return await handler(core, replace(call, known_actor=actor))

    scoped.__name__ = f"{handler.__name__}_of_organization"
    return scoped
