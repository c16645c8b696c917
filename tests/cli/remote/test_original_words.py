"""The command lines of the original's own client (contract B5), as they are typed there, with whole ids."""

from collections.abc import Callable

import pytest

from tests.cli.remote.conftest import Reporting
from tests.cli.shell import Shell
from tests.cli.terminal import Terminal
from tests.server import Person, Project

Typing = Callable[[str], str]


@pytest.fixture(params=["in a pipe", "at a terminal"])
def typed(request: pytest.FixtureRequest, lasting: Shell) -> Typing:
    """What was written, to a command that did what it was told without a question."""

    def in_a_pipe(line: str) -> str:
        ran = lasting(*line.split())
        assert ran.code == 0, ran.err
        return ran.out + ran.err

    def at_a_terminal(line: str) -> str:
        with Terminal(line.split(), lasting.surroundings()) as terminal:
            assert terminal.end() == 0, terminal.seen
        return terminal.seen

    return in_a_pipe if request.param == "in a pipe" else at_a_terminal


def the_id(ada: Person, path: str, **wanted: str) -> str:
    """Of the one in a list that is as wanted."""
    listed = ada.http.get(f"/api/v1{path}").json()
    (found,) = (each for each in listed if wanted.items() <= each.items())
    return str(found["id"])


def test_projects(typed: Typing, ada: Person) -> None:
    assert "bsk_pub_" in typed("projects create Attic -d attic.example")
    assert "attic.example" in typed("projects list")
    assert "Deleted Attic" in typed(f"projects delete {the_id(ada, '/projects', name='Attic')} -f")


def test_reports(typed: Typing, ada: Person, shop: Project, report: Reporting) -> None:
    code = report(severity="low")
    report_id = ada.http.get(f"/api/v1/reports/{code}").json()["id"]
    assert code in typed(f"reports list -p {shop.id} -s open,resolved --severity low,high -l 5")
    typed(f"reports update {report_id} -s in_progress --severity critical")
    assert "in_progress · critical" in typed(f"reports view {report_id}")
    typed(f"reports update {report_id} -s dismissed")
    assert "closed · critical" in typed(f"reports view {report_id}")


def test_tokens(typed: Typing, ada: Person) -> None:
    assert "bsk_pat_" in typed("tokens create ci -e 1")
    assert "ci" in typed("tokens list")
    typed(f"tokens revoke {the_id(ada, '/auth/tokens', name='ci')}")


def test_webhooks(typed: Typing, ada: Person, shop: Project) -> None:
    typed(f"webhooks create https://hooks.example.com/bugs -p {shop.id}")
    webhook = the_id(ada, f"/webhooks?project_id={shop.id}", url="https://hooks.example.com/bugs")
    typed(f"webhooks update {webhook} --url https://hooks.example.com/new -e report.created --active false")
    assert "https://hooks.example.com/new" in typed(f"webhooks list -p {shop.id}")
    typed(f"webhooks delete {webhook}")


def test_config(typed: Typing, shop: Project) -> None:
    typed(f"config set widgetColor #00aa77 -p {shop.id}")
    typed(f"config set showWatermark no -p {shop.id}")
    assert "#00aa77" in typed(f"config get widgetColor -p {shop.id}")
    assert "false" in typed(f"config show -p {shop.id}")


def test_who_and_how_much(typed: Typing) -> None:
    assert "ada@example.com" in typed("whoami")
    assert "self-hosted" in typed("billing status")
