"""Who is asking, and how much it has used."""

from typing import TypedDict

from lacewing.client.request import Request, path_of


class Person(TypedDict):
    id: str
    email: str
    name: str
    role: str


class Me(Person, total=False):
    plan: str
    emailVerified: bool
    createdAt: str


class Used(TypedDict):
    """`limit` None means unlimited."""

    current: int
    limit: int | None


class Usage(TypedDict):
    projects: Used
    reportsThisMonth: Used


class Subscription(TypedDict, total=False):
    plan: str
    status: str
    currentPeriodEnd: str | None
    cancelAtPeriodEnd: bool
    billingInterval: str | None
    amount: int


def me() -> Request[Me]:
    return Request("GET", path_of("/auth/me"))


def usage() -> Request[Usage]:
    return Request("GET", path_of("/auth/usage"))


def subscription() -> Request[Subscription]:
    return Request("GET", path_of("/billing/subscription"))


def cancel_subscription() -> Request[Subscription]:
    return Request("POST", path_of("/billing/cancel-subscription"))
