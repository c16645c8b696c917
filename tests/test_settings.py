"""Every operator setting: read once, checked at the start, one clear sentence for each mistake."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from lacewing.settings import (
    Bucket,
    Limits,
    Mailbox,
    Registration,
    Settings,
    SettingsError,
    Smtp,
    Tls,
    read,
    variable,
)
from tests.architecture.source_tree import ROOT

DOCUMENT = ROOT / "docs" / "settings.md"


def mistakes(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read(environment)
    assert str(refused.value) == "\n".join(refused.value.mistakes)
    return refused.value.mistakes


def test_without_any_setting_the_defaults_hold() -> None:
    assert read({}) == Settings()
    assert read({"PATH": "/bin", "lacewing_port": "1"}) == Settings()


def test_an_empty_variable_counts_as_unset() -> None:
    assert read({variable(item.name): "" for item in fields(Settings)}) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("data", "./elsewhere", Path("elsewhere")),
        ("host", "::", "::"),
        ("port", "65535", 65535),
        ("workers", "4", 4),
        ("database_url", "postgresql://lacewing@db/lacewing", "postgresql://lacewing@db/lacewing"),
        ("redis_url", "valkey://:secret@cache:6379/1", "valkey://:secret@cache:6379/1"),
        ("public_url", "https://bugs.example.org/", "https://bugs.example.org"),
        ("breach_url", "https://breaches.example/", "https://breaches.example"),
        (
            "trusted_origins",
            "https://a.example, http://b.example:81,",
            ("https://a.example", "http://b.example:81"),
        ),
        ("trusted_proxy_count", "2", 2),
        ("registration", "invite", Registration.INVITE),
        ("registration_confirm", "on", True),
        ("registration_confirm", "off", False),
        ("limits", "off", Limits(enforced=False)),
        ("limits", "login_ip=100, bearer=7", Limits(counts={"login_ip": 100, "bearer": 7})),
        ("mail_from", "bugs@example.org", Mailbox("", "bugs@example.org")),
        ("mail_from", '"Bugs, Käfer" <bugs@example.org>', Mailbox("Bugs, Käfer", "bugs@example.org")),
        ("smtp_url", "smtp://relay", Smtp("relay", 25, Tls.OFFERED)),
        ("smtp_url", "smtp://relay:26?starttls=off", Smtp("relay", 26, Tls.OFF)),
        ("smtp_url", "smtp://[::1]:26?starttls=required", Smtp("::1", 26, Tls.REQUIRED)),
        ("smtp_url", "smtp://me%40x:p%2Fw@relay", Smtp("relay", 587, Tls.REQUIRED, "me@x", "p/w")),
        ("smtp_url", "smtp://me:pw@relay?starttls=off", Smtp("relay", 587, Tls.OFF, "me", "pw")),
        ("smtp_url", "smtps://me:pw@relay", Smtp("relay", 465, Tls.IMPLICIT, "me", "pw")),
        ("blobs", "/srv/blobs", Path("/srv/blobs")),
        ("blobs", "s3://bugs", Bucket("bugs")),
        (
            "blobs",
            "s3://bugs/a/b/?region=eu-central-1&endpoint=http://127.0.0.1:9000/",
            Bucket("bugs", "a/b", "http://127.0.0.1:9000", "eu-central-1"),
        ),
        ("access_lifetime", "5", timedelta(minutes=5)),
        ("session_idle", "1", timedelta(days=1)),
        ("session_lifetime", "3650", timedelta(days=3650)),
        ("max_token_days", "90", 90),
        ("token_unused_days", "30", timedelta(days=30)),
        ("argon2_memory_kib", "8", 8),
    ],
)
def test_a_setting_is_read(name: str, text: str, value: object) -> None:
    assert getattr(read({variable(name): text}), name) == value


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("blobs", "blobs", "must be an absolute path, or like s3://"),
        ("blobs", "s3://", "must be an absolute path, or like s3://"),
        ("blobs", "s3://bugs?acl=public", "must be an absolute path, or like s3://"),
        ("blobs", "s3://bugs?endpoint=ftp://x", "must be an absolute path, or like s3://"),
        ("port", "0", "must be a whole number from 1 to 65535"),
        ("port", "65536", "must be a whole number from 1 to 65535"),
        ("port", "-1", "must be a whole number"),
        ("port", "\u0661", "must be a whole number"),
        ("port", " 80", "must be a whole number"),
        ("workers", "many", "must be a whole number from 1 to 64"),
        ("public_url", "bugs.example.org", "must be like https://bugs.example.org"),
        ("public_url", "https://bugs.example.org/bugs", "without a path"),
        ("public_url", "ftp://bugs.example.org", "must be like"),
        ("trusted_origins", "https://a.example,*", "must be like"),
        ("registration_confirm", "yes", "must be on or off"),
        ("breach_url", "breaches.example", "must be like https://api.pwnedpasswords.com"),
        ("registration", "OPEN", "must be one of open, invite, closed"),
        ("limits", "none", "must be 'off' or name=count pairs"),
        ("limits", "login_ip", "must be 'off' or name=count pairs"),
        ("limits", "login_ip=\u00b2", "must be 'off' or name=count pairs"),
        ("limits", "login_ip=-1", "must be 'off' or name=count pairs"),
        ("mail_from", "Lacewing", "must be like Lacewing <bugs@example.org>"),
        ("mail_from", "bugs@bücher.example", "must be like"),
        ("mail_from", "bugs@example.org\nBcc: eve@example.org", "must be like"),
        ("access_lifetime", "15m", "must be a whole number"),
        ("session_idle", "0", "must be a whole number"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_variable_and_what_it_held(
    name: str, text: str, says: str
) -> None:
    (sentence,) = mistakes({variable(name): text})

    assert sentence.startswith(variable(name) + " ")
    assert says in sentence
    assert repr(text) in sentence
    assert sentence.endswith(".")


def test_all_mistakes_are_told_at_once() -> None:
    told = mistakes({"LACEWING_PORT": "x", "LACEWING_WORKERS": "0", "LACEWING_PROT": "80"})

    assert [sentence.split()[0] for sentence in told] == [
        "LACEWING_PROT",
        "LACEWING_PORT",
        "LACEWING_WORKERS",
    ]
    assert told[0] == "LACEWING_PROT is not a setting of Lacewing."


@pytest.mark.parametrize(
    "value", ["postgres://lacewing:hunter2@db/lacewing", "postgresql+psycopg://u:hunter2@db/l"]
)
def test_a_password_in_a_mistaken_url_is_not_repeated(value: str) -> None:
    (sentence,) = mistakes({"LACEWING_DATABASE_URL": value})

    assert "must begin with sqlite:/// or postgresql://" in sentence
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    "value",
    [
        "http://me:hunter2@relay",
        "smtp://me:hunter2@",
        "smtp://me:hunter2@relay:99999",
        "smtp://me:hunter2@relay/path",
        "smtp://me:hunter2@relay?starttls=no",
        "smtp://me:hunter2@relay?starttls=implicit",
        "smtps://me:hunter2@relay?starttls=off",
        "smtp://me:hunter2@relay?tls=1",
    ],
)
def test_a_mistaken_mail_server_is_one_sentence_without_its_password(value: str) -> None:
    (sentence,) = mistakes({"LACEWING_SMTP_URL": value})

    assert "must be like smtps://user:password@host or smtp://host:port" in sentence
    assert "hunter2" not in sentence


def test_a_password_is_not_shown_with_the_settings() -> None:
    """U-3."""
    assert "hunter2" not in repr(read({"LACEWING_SMTP_URL": "smtps://me:hunter2@relay"}))


def test_the_folder_for_mails_is_in_the_data_folder_unless_told() -> None:
    assert read({"LACEWING_DATA": "/srv/bugs"}).mail_folder == Path("/srv/bugs/outbox")
    assert read({"LACEWING_MAIL_OUTBOX": "/srv/mail"}).mail_folder == Path("/srv/mail")


@pytest.mark.parametrize(
    "value", ["http://:hunter2@cache", "redis://u:hunter2", "redis:hunter2@cache", "hunter2"]
)
def test_a_password_in_a_mistaken_redis_url_is_not_repeated(value: str) -> None:
    (sentence,) = mistakes({"LACEWING_REDIS_URL": value})

    assert "must be like redis://host:6379/0" in sentence
    assert "hunter2" not in sentence


def test_the_database_is_a_file_in_the_data_folder_unless_told() -> None:
    assert read({"LACEWING_DATA": "/srv/bugs"}).database == "sqlite:////srv/bugs/lacewing.db"
    assert read({"LACEWING_DATABASE_URL": "postgresql://db/x"}).database == "postgresql://db/x"


@pytest.mark.parametrize(
    ("environment", "url", "over_https"),
    [
        ({}, "http://localhost:8080", False),
        ({"LACEWING_HOST": "0.0.0.0", "LACEWING_PORT": "81"}, "http://localhost:81", False),
        ({"LACEWING_HOST": "bugs.lan"}, "http://bugs.lan:8080", False),
        ({"LACEWING_PUBLIC_URL": "https://bugs.example.org/"}, "https://bugs.example.org", True),
        ({"LACEWING_PUBLIC_URL": "http://bugs.example.org"}, "http://bugs.example.org", False),
    ],
)
def test_where_people_reach_it_and_whether_over_tls_is_the_public_urls_word(
    environment: dict[str, str], url: str, over_https: bool
) -> None:
    """D4."""
    settings = read(environment)

    assert (settings.base_url, settings.over_https) == (url, over_https)


def test_every_setting_is_parsed_and_has_a_default() -> None:
    assert all(callable(item.metadata["parse"]) for item in fields(Settings))
    assert Settings()


def test_every_setting_has_a_heading_in_the_document_and_every_heading_a_setting() -> None:
    headings = {
        line.removeprefix("## ").strip(" `")
        for line in DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith("## ")
    }

    assert {name for name in headings if name.startswith("LACEWING_")} == {
        variable(item.name) for item in fields(Settings)
    }


def test_hosts_that_webhooks_may_call_are_names_and_networks() -> None:
    settings = read({"LACEWING_WEBHOOK_HOSTS": "Hooks.Corp.example, 10.1.0.0/16,fd00::/8, 192.168.0.7"})

    assert [str(item) for item in settings.webhook_hosts] == [
        "hooks.corp.example",
        "10.1.0.0/16",
        "fd00::/8",
        "192.168.0.7/32",
    ]


@pytest.mark.parametrize(
    "item", ["10.0.0.1/8", "10.0.0.0/33", "https://hooks.example", "a b", "300.0.0.1", "*"]
)
def test_what_is_neither_a_host_nor_a_network_stops_the_start(item: str) -> None:
    [sentence] = mistakes({"LACEWING_WEBHOOK_HOSTS": item})
    assert "must be hosts and networks" in sentence
