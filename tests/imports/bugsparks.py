"""A BugSpark: its tables in PostgreSQL, and its export."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.types.json import Jsonb

OWNER: Final = "0e4a2f00-0000-4000-8000-00000000000a"
GUEST: Final = "0e4a2f00-0000-4000-8000-00000000000b"
PROJECT: Final = "0e4a2f00-0000-4000-8000-000000000001"
FIRST: Final = "0e4a2f00-0000-4000-8000-0000000000f1"
SECOND: Final = "0e4a2f00-0000-4000-8000-0000000000f7"
PICTURE: Final = f"{OWNER}/{PROJECT}/0e4a2f00-0000-4000-8000-0000000000c1.png"

TABLES: Final = {
    "users": "id uuid, email text, name text, is_active boolean, created_at timestamptz",
    "projects": """id uuid, owner_id uuid, name text, domain text, settings jsonb, is_active boolean,
        created_at timestamptz""",
    "project_members": "project_id uuid, user_id uuid, email text, role text",
    "reports": """id uuid, project_id uuid, tracking_id text, title text, description text, severity text,
        category text, status text, assignee_id uuid, screenshot_url text, annotated_screenshot_url text,
        console_logs jsonb, network_logs jsonb, user_actions jsonb, metadata jsonb, reporter_identifier text,
        created_at timestamptz, updated_at timestamptz""",
    "comments": "id uuid, report_id uuid, author_id uuid, body text, created_at timestamptz",
    "webhooks": "id uuid",
}
REPORTS: Final[tuple[Mapping[str, Any], ...]] = (
    {
        "id": FIRST,
        "project_id": PROJECT,
        "tracking_id": "BUG-0001",
        "title": "&lt;b&gt; &amp; entities",
        "description": "It says &quot;no&quot;",
        "severity": "critical",
        "category": "crash",
        "status": "in_progress",
        "created_at": "2025-03-01 08:00:00.123456+00:00",
    },
    {
        "id": SECOND,
        "project_id": PROJECT,
        "tracking_id": "BUG-0007",
        "title": "Slow",
        "description": "",
        "severity": "low",
        "category": "performance",
        "status": "closed",
        "created_at": "2025-03-02 08:00:00+00:00",
    },
)


def fill(url: str) -> None:
    """With what the export can not hold: evidence, a picture, an assignee, everybody's comments."""
    with psycopg.connect(url) as connection:
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({columns})".encode())
        _add(connection, "webhooks", id=PROJECT)
        _add(connection, "users", id=OWNER, email="ada@example.com", name="Ada", is_active=True)
        _add(connection, "users", id=GUEST, email="zoe@example.com", name="Zoe", is_active=True)
        settings = Jsonb({"widgetColor": "#112233", "unknown": 1})
        its = {"id": PROJECT, "owner_id": OWNER, "name": "Shop", "domain": "shop.example"}
        _add(connection, "projects", **its, settings=settings, is_active=True, created_at="2025-02-01Z")
        _add(
            connection,
            "project_members",
            project_id=PROJECT,
            user_id=GUEST,
            email="zoe@example.com",
            role="viewer",
        )
        _add(connection, "project_members", project_id=PROJECT, email="never@example.com", role="admin")
        for report in REPORTS:
            _add(connection, "reports", **report, updated_at="2025-03-09Z")
        connection.execute(
            "UPDATE reports SET assignee_id = %s, screenshot_url = %s, console_logs = %s WHERE id = %s",
            (OWNER, PICTURE, Jsonb([{"level": "error", "message": "boom", "timestamp": 1}]), FIRST),
        )
        _add(
            connection,
            "comments",
            id=GUEST,
            report_id=FIRST,
            author_id=GUEST,
            body="a &lt; b",
            created_at="2025-03-03Z",
        )


def _add(connection: psycopg.Connection[Any], table: str, **values: object) -> None:
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})".encode(), list(values.values()))


def exported(**changed: object) -> dict[str, Any]:
    camel = {"project_id": "projectId", "tracking_id": "trackingId", "created_at": "createdAt"}
    reports = [{camel.get(name, name): value for name, value in report.items()} for report in REPORTS]
    told: dict[str, Any] = {
        "profile": {"id": OWNER, "email": "ada@example.com", "name": "Ada"},
        "projects": [
            {
                "id": PROJECT,
                "name": "Shop",
                "domain": "",
                "isActive": True,
                "createdAt": "2025-02-01 00:00:00+00:00",
                "settings": {},
            }
        ],
        "reports": reports,
        "comments": [
            {"id": "c1", "reportId": FIRST, "body": "mine", "createdAt": "2025-03-03 00:00:00+00:00"}
        ],
        "exportedAt": "2025-04-01 00:00:00+00:00",
    }
    return {**told, **changed}


def export_file(folder: Path, **changed: object) -> Path:
    path = folder / "export.json"
    path.write_text(json.dumps(exported(**changed)))
    return path
