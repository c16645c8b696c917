"""What belongs to a project or a person: changed, listed, taken back."""

from pathlib import Path

import httpx
import pyotp

from tests.cli.shell import Shell, shell_of
from tests.cli.terminal import Terminal
from tests.server import PASSWORD, Person, Project, Server


def test_a_project_is_made_changed_deleted_and_restored(lacewing: Shell) -> None:
    made = lacewing("projects", "create", "Pear tree", "-d", "pears.example", "--json").json
    assert (made["domain"], made["apiKey"][:8]) == ("pears.example", "bsk_pub_")
    code = made["code"]
    assert (
        lacewing("projects", "update", code, "-n", "Quince", "--private", "true").err == f"Changed {code}.\n"
    )
    assert lacewing("projects", "delete", code).code == 2
    gone = lacewing("projects", "delete", code, "--force")
    assert gone.err == f"Deleted Quince. Take it back: lacewing projects restore {code}\n"
    assert code in lacewing("projects", "list", "--deleted").out
    assert lacewing("projects", "restore", code, "--json").json["isPrivate"] is True


def test_a_key_is_written_for_a_pipe(lacewing: Shell, shop: Project) -> None:
    further = lacewing("projects", "create-key", shop.code, "staging", "--origins", "https://staging.example")
    primary = lacewing("projects", "rotate-key", shop.code, "--force", "--grace", "60")
    listed = lacewing("projects", "keys", shop.code, "--json", "--fields", "key,label").json
    by_label = {key["label"]: key["key"] for key in listed if key["key"] != shop.key}
    assert by_label == {"staging": further.out.strip(), "Default": primary.out.strip()}


def test_a_widget_setting_keeps_the_others(lacewing: Shell, shop: Project) -> None:
    lacewing("config", "set", "widgetColor", "#00aa77", "-p", shop.code)
    assert lacewing("config", "set", "showWatermark", "no", "-p", shop.code, "--json").json == {
        "widgetColor": "#00aa77",
        "showWatermark": False,
    }
    assert lacewing("config", "get", "widgetColor", "-p", shop.code).out == "#00aa77\n"
    assert "showWatermark\tfalse\n" in lacewing("config", "show", "-p", shop.code).out
    assert lacewing("config", "unset", "widgetColor", "-p", shop.code, "--json").json == {
        "showWatermark": False
    }


def test_a_setting_that_the_widget_would_not_take_is_refused_here(lacewing: Shell, shop: Project) -> None:
    told = lacewing("config", "set", "theme", "pink", "-p", shop.code)
    assert (told.code, told.err) == (2, "theme can not be 'pink'.\nIt is light, dark or auto.\n")


def test_of_several_projects_a_person_is_asked_which(lacewing: Shell, ada: Person, shop: Project) -> None:
    other = ada.create_project("Attic")
    told = lacewing("config", "show")
    assert (told.code, other.code in told.err) == (2, True)
    with Terminal(["config", "show"], lacewing.surroundings()) as terminal:
        terminal.wait_for("Which project (")
        terminal.type(shop.code)
        assert terminal.end() == 0


def test_somebody_is_invited_given_another_role_and_removed(lacewing: Shell, shop: Project) -> None:
    invited = lacewing("members", "invite", "bob@example.com", "-r", "editor", "-p", shop.code)
    assert invited.err == "Invited bob@example.com to Shop as editor.\n"
    lacewing("members", "update", "bob@example.com", "--role", "admin", "-p", shop.code)
    (member,) = lacewing("members", "list", "-p", shop.code, "--json").json
    assert (member["email"], member["role"]) == ("bob@example.com", "admin")
    assert lacewing("members", "remove", "BOB@example.com", "-p", shop.code, "--force").code == 0
    assert lacewing("members", "list", "-p", shop.code).err == "Nobody but the organization's own people.\n"


def test_a_token_is_shown_once_and_works_until_it_is_revoked(lasting: Shell) -> None:
    made = lasting("tokens", "create", "ci", "--scopes", "projects:read")
    assert made.out.startswith("bsk_pat_")
    assert "It ends " in made.err
    assert lasting("projects", "list", LACEWING_TOKEN=made.out.strip()).code == 0
    assert made.out.strip() not in lasting("tokens", "list", "--json").out
    rotated = lasting("tokens", "rotate", "ci").out.strip()
    assert lasting("projects", "list", LACEWING_TOKEN=made.out.strip()).code == 3
    assert lasting("tokens", "revoke", "ci", "--force").err == "Ended ci.\n"
    assert lasting("projects", "list", LACEWING_TOKEN=rotated).code == 3


def test_a_projects_token_is_made_and_ended_by_its_name(lasting: Shell, shop: Project) -> None:
    token = lasting("tokens", "create", "deploys", "-e", "1", "-p", shop.code, "--json").json["token"]
    assert token.startswith("proj_")
    assert lasting("tokens", "list", "-p", shop.code, "--json", "--fields", "name").json == [
        {"name": "deploys"}
    ]
    assert lasting("tokens", "rotate", "deploys", "-p", shop.code).out.startswith("proj_")
    assert lasting("tokens", "revoke", "deploys", "-p", shop.code, "-f").code == 0


def test_stats_count_by_state_and_severity(lacewing: Shell, ada: Person, shop: Project) -> None:
    told = {"title": "Checkout fails", "severity": "critical", "category": "bug"}
    ada.post(f"/api/v1/projects/{shop.id}/reports", **told)
    seen = lacewing("stats", "-p", shop.code).out
    assert seen.startswith("Reports         1\nOpen            1\n")
    assert f"\n  critical  1  {'#' * 40}\n" in seen
    assert lacewing("stats", "-p", shop.code, "--json").json["bugsBySeverity"]["critical"] == 1


def test_sessions_are_seen_and_ended_with_the_password(lacewing: Shell, ada: Person, server: Server) -> None:
    with httpx.Client(base_url=server.url, trust_env=False, verify=False) as phone:
        phone.post("/api/v1/auth/login", json={"email": ada.email, "password": PASSWORD})
        with Terminal(["sessions", "list"], lacewing.surroundings()) as terminal:
            terminal.wait_for(f"Password of {ada.email}: ")
            terminal.type(PASSWORD)
            assert terminal.end() == 0
        assert PASSWORD not in terminal.seen
        listed = lacewing.typed("sessions", "list", "--json", text=f"{PASSWORD}\n").json
        assert [session["isCurrent"] for session in listed] == [False, False]
        ended = lacewing.typed("sessions", "end", listed[0]["id"], text=f"{PASSWORD}\n")
        assert (ended.code, phone.get("/api/v1/auth/me").status_code) == (0, 401)


def test_sessions_are_neither_seen_nor_ended_with_another_password(lacewing: Shell, ada: Person) -> None:
    for words in (("list",), ("end", "0000"), ("end-all", "--force")):
        told = lacewing.typed("sessions", *words, text="wrong\n")
        assert (told.code, told.out, told.err) == (3, "", "Invalid email or password.\n")
    assert ada.http.get("/api/v1/auth/me").status_code == 200


def test_who_has_a_second_factor_is_asked_for_it(server: Server, tmp_path: Path) -> None:
    with Person(server.url, "Grace") as grace:
        secret = grace.http.post("/api/v1/auth/mfa/totp").json()["secret"]
        confirmed = grace.http.post("/api/v1/auth/mfa/totp/confirm", json={"code": pyotp.TOTP(secret).now()})
        recovery_code = confirmed.json()["recoveryCodes"][0]
        lacewing = shell_of(grace, server.url, tmp_path)
        listed = lacewing.typed("sessions", "list", "--json", text=f"{PASSWORD}\n{recovery_code}\n")
        assert len(listed.json) == 1, listed.err
