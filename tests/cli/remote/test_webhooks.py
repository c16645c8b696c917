"""`lacewing webhooks`: told, tried, and what came of it."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cli.shell import Shell
from tests.receiver import Receiver, answering, receiving
from tests.server import Project, Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that may call this machine."""
    may = {"LACEWING_WEBHOOK_HOSTS": "127.0.0.1", "LACEWING_WEBHOOK_HTTP": "on"}
    with Server(tmp_path_factory.mktemp("server"), may) as running:
        yield running


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """One that takes what it is told."""
    with asyncio.Runner() as loop, ThreadPoolExecutor(1) as thread:
        ended = asyncio.Event()
        begun = receiving(answering())
        it = loop.run(begun.__aenter__())
        staying = thread.submit(loop.run, ended.wait())
        yield it
        loop.get_loop().call_soon_threadsafe(ended.set)
        staying.result()
        loop.run(begun.__aexit__(None, None, None))


def made(lacewing: Shell, shop: Project, url: str) -> str:
    """Its id."""
    return str(lacewing("webhooks", "create", url, "-p", shop.code, "--json").json["id"])


def test_a_webhook_is_tried_and_what_it_was_told_is_listed(
    lacewing: Shell, shop: Project, receiver: Receiver
) -> None:
    webhook = made(lacewing, shop, receiver.url("127.0.0.1"))
    tried = lacewing("webhooks", "test", webhook[-8:])
    assert (tried.code, ": 200 after " in tried.err) == (0, True)
    (delivery,) = lacewing("webhooks", "deliveries", webhook, "--json").json
    assert (delivery["state"], delivery["isTest"]) == ("delivered", True)
    assert lacewing("webhooks", "resend", webhook, delivery["id"][-8:]).code == 0
    assert len(receiver.requests) == 2
    assert lacewing("webhooks", "deliveries", webhook, "-l", "1").out.split("\t")[2] == "delivered"


def test_what_was_not_taken_is_code_1(lacewing: Shell, shop: Project) -> None:
    tried = lacewing("webhooks", "test", made(lacewing, shop, "http://127.0.0.1:9/bugs"))
    assert (tried.code, tried.out) == (1, "")


def test_a_webhook_is_changed_by_the_originals_flags(lacewing: Shell, shop: Project) -> None:
    created = lacewing("webhooks", "create", "http://127.0.0.1:9/old", "-p", shop.code)
    assert created.out.startswith("whsec_")
    (webhook,) = (
        each
        for each in lacewing("webhooks", "list", "-p", shop.code, "--json").json
        if each["url"].endswith("/old")
    )
    assert webhook["events"] == ["report.created", "report.updated"]
    changed = lacewing(
        "webhooks",
        "update",
        webhook["id"],
        "--url",
        "http://127.0.0.1:9/new",
        "-e",
        "report.created,report.nothing",
        "--active",
        "false",
    )
    assert changed.err.splitlines() == [
        "There is no event report.nothing: nothing is sent for it.",
        "Changed http://127.0.0.1:9/new.",
    ]
    told = lacewing("webhooks", "update", webhook["id"], "--active", "true", "--json").json
    assert (told["isActive"], told["url"]) == (True, "http://127.0.0.1:9/new")
    assert lacewing("webhooks", "rotate-secret", webhook["id"], "-f").out.startswith("whsec_")
    assert lacewing("webhooks", "delete", webhook["id"], "--force").code == 0
    assert lacewing("webhooks", "delete", webhook["id"], "--force").code == 4
