"""The declaration of an endpoint. Decoding, gating, error bodies and OpenAPI follow from it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import CredentialKind
from lacewing.budgets import BudgetName
from lacewing.credentials import BEARER_KINDS
from lacewing.http.arrival import Headers
from lacewing.http.core import Core
from lacewing.http.problems import Kind, Problem
from lacewing.kit.errors import Allowance, ErrorKind

NOBODY: frozenset[CredentialKind] = frozenset()
KEY = frozenset({CredentialKind.PUBLISHABLE_KEY})
COOKIE = frozenset({CredentialKind.SESSION})
BEARER = BEARER_KINDS
PERSONAL = COOKIE | BEARER - {CredentialKind.PROJECT_TOKEN}
ANYONE_KNOWN = COOKIE | BEARER

AUTH_BODY_BYTES = 4 * 1024
USUAL_BODY_BYTES = 64 * 1024
REPORT_BODY_BYTES = 4 * 1024 * 1024

Body = TypeVar("Body")
Query = TypeVar("Query")


class BodyForm(StrEnum):
    JSON = "application/json"
    FORM = "application/x-www-form-urlencoded"
    UPLOAD = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Call(Generic[Body, Query]):
    """One request that has passed the gate; `path` holds the path's fields as text."""

    visit: Visit
    headers: Headers
    path: Mapping[str, str]
    body: Body
    query: Query
    known_actor: Actor | None

    @property
    def actor(self) -> Actor:
        """For endpoints that accept credentials: the gate lets nobody else in."""
        if self.known_actor is None:
            raise LookupError("an endpoint that accepts no credential has no actor")
        return self.known_actor


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is more than its value; `raw` is a body that is encoded already, of `media_type`.

    `version` stands in the entity tag, for an answer that tells more than what `If-Match` is about.
    `stream` is one that is made while it is sent: it knows no entity tag and is not compressed here;
    `on_gone` is called when its caller has gone away, or it has ended.
    """

    value: object = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    media_type: str = "application/json"
    stream: AsyncIterator[bytes] | None = None
    on_gone: Callable[[], None] | None = None
    version: int | None = None


Handler = Callable[[Core, Call[Any, Any]], Awaitable[object]]
ToldAgain = Callable[[Any, Actor], object]
Registered = TypeVar("Registered", bound=Handler)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`accepts` names who may knock; `NOBODY` means that no credential is read.

    The first line of `summary` is the summary, the rest describes; `answer_headers` are names and meanings;
    `also` holds what is answered with other statuses of success.
    An intake endpoint answers pages of any origin and knows no cookies. A secret answer is never stored or
    compressed. `or_answer` is another shape that the same status may answer, `other_answers` are further
    successes by status, where a setting decides. `media_types` are those of an answer that is no JSON.
    A create knows `Idempotency-Key`; `told_again` is what of its answer a replay may hear. The keys of
    `keeps_keys_of` the handler itself keeps, with what it makes.
    The body of an UPLOAD is handed over unread, as an IncomingForm. `budget` is charged for who presents
    nothing, in place of the dialect's.
    """

    method: str
    path: str
    handler: Handler
    accepts: frozenset[CredentialKind]
    tag: str
    summary: str
    answer: Any = None
    or_answer: Any = None
    status: int = 200
    body: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] | None = None
    other_answers: Mapping[int, Any] = field(default_factory=dict)
    media_types: tuple[str, ...] = ()
    form: BodyForm = BodyForm.JSON
    errors: tuple[ErrorKind, ...] = ()
    answer_headers: tuple[tuple[str, str], ...] = ()
    max_body_bytes: int = USUAL_BODY_BYTES
    is_intake: bool = False
    is_secret: bool = False
    is_budgeted: bool = True
    is_documented: bool = True
    is_optional: bool = False
    is_create: bool = False
    told_again: ToldAgain | None = None
    keeps_keys_of: frozenset[CredentialKind] = frozenset()
    budget: BudgetName | None = None

    @property
    def takes_body(self) -> bool:
        return self.body is not None or self.takes_file

    @property
    def takes_file(self) -> bool:
        return self.form is BodyForm.UPLOAD


@dataclass(frozen=True, slots=True)
class Asked:
    """What an error answers: `target` is the path and query, `actor` who asked, once that is known."""

    visit: Visit
    headers: Headers
    method: str
    target: str
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class ErrorReply:
    status: int
    body: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """One face: its endpoints, its error bodies, its way of telling a budget."""

    name: str
    title: str
    endpoints: tuple[Endpoint, ...]
    error: Callable[[Problem, Asked], ErrorReply]
    error_body: type[msgspec.Struct] | None
    error_media_type: str
    statuses: Mapping[Kind, int]
    tell_allowance: Callable[[Allowance], tuple[tuple[str, str], ...]]
    bearer_budget: BudgetName
    anonymous_budget: BudgetName
    description: str = ""


class Routes:
    """Collects the endpoints of one part of a dialect."""

    def __init__(self, prefix: str, tag: str) -> None:
        self._prefix = prefix
        self._tag = tag
        self.endpoints: list[Endpoint] = []

    def add(
        self,
        method: str,
        path: str,
        *,
        accepts: frozenset[CredentialKind],
        summary: str,
        **options: Any,  # noqa: ANN401
    ) -> Callable[[Registered], Registered]:
        """`options` are further fields of Endpoint."""

        def register(handler: Registered) -> Registered:
            self.endpoints.append(
                Endpoint(
                    method,
                    self._prefix + path,
                    handler,
                    accepts=accepts,
                    tag=self._tag,
                    summary=summary,
                    **options,
                )
            )
            return handler

        return register
