"""Tables in code are total: what one of them forgets would be found by a caller."""

import ast
import inspect
from collections.abc import Callable, Iterator
from http import HTTPStatus
from importlib import import_module
from typing import Any

import pytest

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import CredentialKind
from lacewing.http.bugspark import BUGSPARK
from lacewing.http.bugtome import BUGTOME
from lacewing.http.dashboard import DASHBOARD
from lacewing.http.endpoint import Dialect, Endpoint
from lacewing.http.oauth import OAUTH
from lacewing.http.problems import KINDS, EdgeKind
from lacewing.kit.errors import ErrorKind
from lacewing.storage import Database
from tests.architecture.source_tree import SOURCE, Module, modules

DIALECTS = (BUGSPARK, BUGTOME, DASHBOARD, OAUTH)
FEATURES = sorted(
    path.parent.name
    for path in (SOURCE / "lacewing").glob("*/__init__.py")
    if path.parent.name not in {"access", "cli", "client", "http", "kit", "mcp", "storage"}
)
# What a program does by itself, when it starts or in passing; nobody asks for it.
NOBODYS = {
    "expire_reports",
    "follow",
    "forget_expired_devices",
    "forget_failed_jobs",
    "forget_old_feed",
    "forget_old_deliveries",
    "forget_old_mails",
    "forget_old_notifications",
    "mail_notifications",
    "keep_hearing",
    "keep_in_order",
    "make_pictures",
    "order_arrivals",
    "register_keys",
    "reseal_webhooks",
    "sweep_attachments",
    "sweep_purged",
    "sweep_webhooks",
    "warn_of_expiry",
}


def verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The coroutines that a feature shows to the others."""
    for feature in FEATURES:
        package = import_module(f"lacewing.{feature}")
        for name in package.__all__:
            if inspect.iscoroutinefunction(getattr(package, name)):
                yield f"{feature}.{name}", getattr(package, name)


VERBS = dict(verbs())


@pytest.mark.parametrize("name", [name for name in VERBS if name.rpartition(".")[2] not in NOBODYS])
def test_a_verb_takes_the_database_and_who_asks(name: str) -> None:
    """Rule 2: `async (db, actor, value...) -> value`; before there is an actor, the visit."""
    signature = inspect.signature(VERBS[name], eval_str=True)
    first, *others = signature.parameters.values()
    takes = [parameter.annotation for parameter in others]

    assert (first.name, first.annotation) == ("db", Database)
    assert Actor in takes or Visit in takes
    assert {parameter.name for parameter in others if parameter.annotation in {Actor, Visit}} <= {
        "actor",
        "visit",
    }
    assert signature.return_annotation is not inspect.Signature.empty


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_says_what_it_does(name: str) -> None:
    assert inspect.getdoc(VERBS[name])


def test_there_are_verbs_to_judge() -> None:
    assert {"credentials.log_in", "projects.create_project", "reports.submit_report"} <= VERBS.keys()
    assert {name.rpartition(".")[2] for name in VERBS} >= NOBODYS


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_shows_its_names_in_order_and_has_them(feature: str) -> None:
    package = import_module(f"lacewing.{feature}")

    assert all(hasattr(package, name) for name in package.__all__)
    assert len(package.__all__) == len(set(package.__all__))
    assert package.__doc__


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_kind_of_error_has_a_status_in_every_dialect(dialect: Dialect) -> None:
    assert set(dialect.statuses) == set(KINDS) == {*ErrorKind, *EdgeKind}
    assert all(HTTPStatus(status) for status in dialect.statuses.values())
    assert {kind for kind, status in dialect.statuses.items() if status >= 500} == {
        EdgeKind.INTERNAL,
        ErrorKind.UNAVAILABLE,
    }
    # A page sends who is not logged in to the door.
    led_elsewhere = {ErrorKind.UNAUTHENTICATED} if dialect is DASHBOARD else set()
    assert {kind for kind, status in dialect.statuses.items() if status < 400} == led_elsewhere


def endpoints() -> list[tuple[Dialect, Endpoint]]:
    return [(dialect, endpoint) for dialect in DIALECTS for endpoint in dialect.endpoints]


@pytest.mark.parametrize(
    ("dialect", "endpoint"),
    endpoints(),
    ids=lambda item: item.name if isinstance(item, Dialect) else f"{item.method} {item.path}",
)
def test_a_route_says_which_credentials_it_accepts(dialect: Dialect, endpoint: Endpoint) -> None:
    assert isinstance(endpoint.accepts, frozenset)
    assert endpoint.accepts <= set(CredentialKind)
    assert endpoint.summary, dialect.name


def routes_without_accepts(module: Module) -> list[str]:
    """`@routes.add(...)` and `Endpoint(...)` that leave it to chance, or to a default."""
    return [
        f"{module.path}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and (
            (
                isinstance(node.func, ast.Attribute)
                and node.func.attr == "add"
                and ast.unparse(node.func.value) == "routes"
            )
            or (isinstance(node.func, ast.Name) and node.func.id == "Endpoint")
        )
        and "accepts" not in {keyword.arg for keyword in node.keywords}
        and len(node.args) < 4
    ]


def test_no_route_leaves_it_unsaid() -> None:
    assert [fault for module in modules() for fault in routes_without_accepts(module)] == []


def test_a_route_that_leaves_it_unsaid_is_noticed() -> None:
    said = "@routes.add('GET', '/x', accepts=NOBODY, summary='x')\ndef x(): ..."
    unsaid = "@routes.add('GET', '/x', summary='x')\ndef x(): ..."

    assert routes_without_accepts(Module("said.py", said)) == []
    assert routes_without_accepts(Module("unsaid.py", unsaid)) == ["unsaid.py:1"]


def test_no_two_routes_of_a_dialect_are_one() -> None:
    for dialect in DIALECTS:
        known = [(endpoint.method, endpoint.path) for endpoint in dialect.endpoints]
        assert len(known) == len(set(known))
