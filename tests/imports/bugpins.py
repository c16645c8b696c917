"""A BugPin's data folder, as one of its versions leaves it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tests.pictures import picture

TABLES: Final = {
    "projects": "id name settings created_at deleted_at",
    "users": "id email name role is_active",
    "reports": """id project_id title description status priority annotations metadata
        reporter_email reporter_name assigned_to custom_fields created_at
        updated_at resolved_at closed_at github_issue_url""",
    "files": "id report_id type filename path mime_type size_bytes created_at",
    "report_history": "id report_id user_id action old_value new_value created_at",
    "reporter_messages": "id report_id user_id message created_at",
    "webhooks": "id",
}
AGENT: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
METADATA: Final = {
    "url": "https://shop.example/cart?step=2",
    "title": "Cart",
    "browser": {"name": "Firefox", "version": "131", "userAgent": AGENT},
    "device": {"type": "desktop", "os": "Linux"},
    "viewport": {"width": 1280, "height": 720, "devicePixelRatio": 1},
    "timestamp": "2025-01-05T10:00:00.000Z",
    "timezone": "Europe/Berlin",
    "consoleErrors": [
        {"type": "error", "message": "total is not a function", "timestamp": "2025-01-05T09:59:58.000Z"}
    ],
    "networkErrors": [
        {
            "url": "/api/cart",
            "method": "PUT",
            "status": 500,
            "statusText": "",
            "timestamp": "2025-01-05T09:59:57.000Z",
        }
    ],
    "userActivity": [{"type": "button", "text": "Pay", "timestamp": "2025-01-05T09:59:56.000Z"}],
}


def insert(folder: Path, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    with closing(sqlite3.connect(folder / "bugpin.db")) as connection, connection:
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


def add_report(folder: Path, key: str, **values: Any) -> None:
    usual = {
        "project_id": "proj_1",
        "title": f"Bug {key}",
        "status": "open",
        "priority": "medium",
        "metadata": json.dumps(METADATA),
        "created_at": "2025-01-06T10:00:00.000Z",
        "updated_at": "2025-01-06T10:00:00.000Z",
    }
    insert(folder, "reports", id=key, **{**usual, **values})


def make_bugpin(folder: Path) -> Path:
    """Two people, of whom Ada has an account here; a project with one report that has everything."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "bugpin.db")) as connection:
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns.split())})")
    insert(folder, "projects", id="proj_1", name="Shop", created_at="2025-01-01T08:00:00.000Z")
    insert(folder, "projects", id="proj_2", name="Old", created_at="2025-01-02", deleted_at="2025-01-03")
    insert(folder, "users", id="user_a", email="Ada@example.com", name="Ada", role="admin", is_active=1)
    insert(folder, "users", id="user_z", email="zoe@example.com", name="Zoe", role="editor", is_active=1)
    insert(folder, "webhooks", id="hook_1")
    add_report(
        folder,
        "rpt_1",
        title="The cart is empty",
        description="I paid & <b>nothing</b> came",
        status="resolved",
        priority="highest",
        reporter_email="ann@example.org",
        assigned_to="user_a",
        created_at="2025-01-05T10:00:00.000Z",
        updated_at="2025-01-08T10:00:00.000Z",
        resolved_at="2025-01-07T10:00:00.000Z",
    )
    file = folder / "uploads" / "screenshots" / "rpt_1" / "file_1.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(picture())
    insert(
        folder,
        "files",
        id="file_1",
        report_id="rpt_1",
        type="screenshot",
        filename="file_1.png",
        path="/app/data/uploads/screenshots/rpt_1/file_1.png",
        mime_type="image/jpeg",
        created_at="2025-01-05T10:00:00.000Z",
    )
    for number, (who, action, before, after) in enumerate(
        [
            ("user_z", "created", None, None),
            ("user_z", "status_changed", "open", "in_progress"),
            ("user_a", "status_changed", "in_progress", "resolved"),
            ("user_z", "assignee_changed", None, "user_a"),
        ]
    ):
        at = f"2025-01-0{number + 5}T10:00:00.000Z"
        insert(
            folder,
            "report_history",
            id=f"h{number}",
            report_id="rpt_1",
            user_id=who,
            action=action,
            old_value=before,
            new_value=after,
            created_at=at,
        )
    message = {"id": "m1", "report_id": "rpt_1", "user_id": "user_z", "message": "We look into it."}
    insert(folder, "reporter_messages", **message, created_at="2025-01-06T12:00:00.000Z")
    return folder
