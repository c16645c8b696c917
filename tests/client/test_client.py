"""What a client does with answers, refusals and silence."""

import asyncio
import io
from collections.abc import Iterator

import httpx
import pytest

from lacewing.client import (
    Client,
    ClientError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    Manner,
    NotFoundError,
    NotLoggedInError,
    RefusalError,
    ServerFailedError,
    UnexpectedAnswerError,
    UnreachableError,
    Upload,
    projects,
    reports,
)
from lacewing.client.asynchronous import AsyncClient
from lacewing.client.errors import refusal
from lacewing.client.exchange import Attempts, arguments_of, options_of, value_of
from lacewing.client.request import Request, path_of
from tests.client.intake import KEY, Intake
from tests.pictures import picture
from tests.server import Person, Server

SENT = reports.send_report("The gate is stuck")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module")
def ada(server: Server) -> Iterator[Person]:
    with Person(server.url) as person:
        yield person


def test_what_makes_something_is_tried_again_under_one_key(intake: Intake) -> None:
    intake.answers = [(429, {"Retry-After": "0.2"}), (503, {}), (100, {}), (201, {})]
    waits: list[float] = []
    told: list[str] = []
    manner = Manner(tries=4, on_wait=waits.append)
    with Client(intake.url, key=KEY, manner=manner, trace=told.append) as client:
        assert client.send(SENT) == {}
    assert len({headers["Idempotency-Key"] for headers in intake.headers}) == 1
    assert (len(intake.reports), len(waits)) == (4, 1)
    assert told[0] == f"POST {intake.url}/api/v1/reports as bsk_pub_[redacted] -> 429"
    assert KEY not in "".join(told)


def test_what_must_not_happen_twice_is_sent_once(intake: Intake) -> None:
    intake.answers = [(100, {})]
    once: Request[None] = Request("POST", path_of("/auth/cli/login"), body={})
    with Client(intake.url) as client, pytest.raises(UnreachableError):
        client.send(once)
    assert len(intake.reports) == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("seconds", ["3600", "inf"])
def test_nobody_waits_longer_than_allowed(intake: Intake, status: int, seconds: str) -> None:
    intake.answers = [(status, {"Retry-After": seconds})]
    with Client(intake.url, key=KEY) as client, pytest.raises(RefusalError) as caught:
        client.send(SENT)
    assert (caught.value.status, len(intake.reports)) == (status, 1)


def test_who_does_not_say_how_long_is_asked_ever_more_seldom() -> None:
    attempts = Attempts(SENT, Manner(), None)
    answer = httpx.Response(429, request=httpx.Request("POST", "https://bugs.example.com"))
    waits = list(iter(lambda: attempts.answered(answer), None))
    assert len(waits) < 60
    assert sum(waits) <= Manner().longest_wait_seconds


@pytest.mark.parametrize("url", ["https://bugs.example.com", "HTTPS://bugs.example.com"])
def test_a_certificate_is_checked_however_the_url_is_written(url: str) -> None:
    assert "verify" not in options_of(url, {}, Manner())


def test_a_credential_goes_without_the_end_of_its_line(intake: Intake) -> None:
    with Client(intake.url, f"{KEY}\n", key=f"{KEY}\r\n") as client:
        client.send(SENT)
    sent = intake.headers[0]
    assert (sent["Authorization"], sent["X-API-Key"]) == (f"Bearer {KEY}", KEY)


@pytest.mark.parametrize("wrong", ["bsk_pat_a\nb", "bsk_pat_ä", "bsk_pat_\x00"])
def test_what_can_be_no_credential_is_refused_and_not_shown(wrong: str) -> None:
    with pytest.raises(ClientError) as caught:
        Client("https://bugs.example.com", wrong)
    assert "bsk_pat" not in str(caught.value)


def test_a_credential_follows_no_redirect(intake: Intake) -> None:
    intake.answers = [(302, {"Location": "http://elsewhere.example.com/"})]
    with Client(intake.url, key=KEY) as client, pytest.raises(UnexpectedAnswerError, match="elsewhere"):
        client.send(SENT)


def test_where_nobody_listens_the_sentence_names_the_server() -> None:
    reached = r"^http://127\.0\.0\.1:9 can not be reached: "
    with (
        Client("http://127.0.0.1:9", manner=Manner(tries=1)) as client,
        pytest.raises(UnreachableError, match=reached) as caught,
    ):
        client.send(SENT)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidError),
        (401, NotLoggedInError),
        (403, ForbiddenError),
        (404, NotFoundError),
        (409, ConflictError),
        (412, ConflictError),
        (418, RefusalError),
        (422, InvalidError),
        (500, ServerFailedError),
        (502, ServerFailedError),
    ],
)
def test_each_refusal_has_its_kind_whatever_the_body(status: int, kind: type[RefusalError]) -> None:
    assert [type(refusal(status, body)) for body in (None, [], {}, {"detail": ["?"]})] == [kind] * 4


def test_what_else_than_this_api_answers_is_told_apart() -> None:
    """No page of another server's is no report; what a proxy says in a server's place is a refusal."""
    asked = httpx.Request("GET", "https://example.com/api/v1/projects")
    with pytest.raises(UnexpectedAnswerError, match="Is the URL right"):
        value_of(httpx.Response(404, text="<h1>Not here</h1>", request=asked))
    with pytest.raises(ServerFailedError):
        value_of(httpx.Response(502, text="<h1>Bad gateway</h1>", request=asked))


def test_all_dialects_errors_are_understood() -> None:
    bugspark = {
        "detail": "title: is too long.",
        "code": "validation_failed",
        "requestId": "r1",
        "errors": [{"field": "title", "message": "is too long", "code": "too_long"}],
    }
    first = refusal(422, bugspark)
    assert (str(first), first.code, first.request_id) == ("title: is too long.", "validation_failed", "r1")
    assert [(field.field, field.code) for field in first.fields] == [("title", "too_long")]
    bugtome = {"error": "Validation Failed", "message": "No.", "details": {"given": ["can't be blank", "?"]}}
    second = refusal(422, bugtome)
    assert [field.message for field in second.fields] == ["can't be blank", "?"]
    oauth = refusal(400, {"error": "slow_down", "error_description": "Polled too soon."})
    assert (oauth.code, str(oauth)) == ("slow_down", "Polled too soon.")


def test_a_part_of_a_path_stays_one_part() -> None:
    assert path_of("/reports/{}", "../admin?x=1#y") == "/api/v1/reports/..%2Fadmin%3Fx%3D1%23y"


def test_each_try_of_something_new_has_a_key_of_its_own() -> None:
    keys = {arguments_of(SENT)["headers"]["Idempotency-Key"] for _ in range(2)}
    assert len(keys) == 2


def test_pages_are_followed_to_their_end_and_no_further(server: Server, ada: Person) -> None:
    project = ada.create_project("Orchard")
    with Client(f"{server.url}/api/v1/", ada.mint_token()) as client:
        for number in range(5):
            client.send(reports.send_report(f"Report {number}", project=project.id))
        listing = reports.list_reports(project=project.code, sort="oldest", page_size=2)
        pages = list(client.pages(listing))
        titles = [report["title"] for report in client.each(listing)]
    assert [len(page["items"]) for page in pages] == [2, 2, 1]
    assert titles == [f"Report {number}" for number in range(5)]


def test_a_file_tells_how_far_it_is(server: Server, ada: Person) -> None:
    project = ada.create_project("Pear")
    content = picture(size=(400, 300))
    steps: list[int] = []
    upload = Upload("shot.png", io.BytesIO(content), "image/png", steps.append)
    with Client(server.url, key=project.key) as client:
        key = client.send(reports.upload_screenshot(upload))["key"]
        sent = client.send(reports.send_report("Seen", evidence={"screenshot_url": key}))
    assert steps[-1] == len(content)
    with Client(server.url, ada.mint_token()) as client:
        assert client.send(reports.get_report(sent["trackingId"]))["screenshotUrl"]


def test_on_an_event_loop_it_is_the_same(server: Server, ada: Person) -> None:
    token = ada.mint_token()

    async def ask() -> tuple[list[str], bool]:
        async with AsyncClient(server.url, token) as client:
            made = await client.send(projects.create_project("Quince"))
            await client.send(reports.send_report("Hard", project=made["id"]))
            listing = reports.list_reports(project=made["code"])
            titles = [report["title"] async for report in client.each(listing)]
            try:
                await client.send(projects.get_project("NONE"))
            except NotFoundError:
                return titles, True
        return titles, False

    assert asyncio.run(ask()) == (["Hard"], True)
