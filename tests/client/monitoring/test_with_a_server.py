"""What a monitor sends, a Lacewing shows as evidence: the error, the request, who asked."""

from pathlib import Path

from lacewing.client.monitoring import Monitor, Occasion
from lacewing.client.monitoring.occasion import during
from tests.server import Person, Server

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_failure_arrives_as_evidence(tmp_path: Path) -> None:
    with Server(tmp_path) as server, Person(server.url) as ada:
        monitor = Monitor(f"{server.url}/api/v1", ada.create_project().key, release="1.2.3")
        with during(Occasion("GET", "http://shop.example/orders?page=2", FIREFOX)):
            try:
                raise LookupError("no such apple \ud83d")
            except LookupError as error:
                monitor.report(error)
        assert monitor.flush(20)

        shown = ada.http.get("/api/v1/reports", params={"q": "page:/orders browser:firefox has:error"}).json()
        exported = ada.http.get(f"/api/v1/reports/{shown['items'][0]['id']}/export.json").json()

    assert shown["items"][0]["title"] == "LookupError: no such apple \\ud83d"
    evidence = exported["evidence"]
    assert "Traceback" in evidence["console"][-1]["stack"]
    assert [(told["url"], told["status"]) for told in evidence["network"]] == [
        ("http://shop.example/orders?page=2", 500)
    ]
    assert exported["received"]["metadata"]["release"] == "1.2.3"
