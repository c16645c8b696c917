"""The verb that tells a page's widget how to look and what to do (contract B4.2, B6)."""

import re
from typing import Any

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.errors import forbidden
from lacewing.projects.read_projects import get_live_project
from lacewing.projects.values import Widget
from lacewing.storage import Database

_COLOR = re.compile(r"#[0-9A-Fa-f]{3,8}")
_PICTURE = re.compile(r"https?://[^\s\"'<>]+")
_DEFAULT_COLOR = "#e94560"
_THEME = re.compile("light|dark|auto")
_ACCENT = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")
_ACCENTS = ("accent", "primaryColor", "widgetColor")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


async def read_widget(db: Database, actor: Actor) -> Widget:
    """Of the project whose publishable key asks. Raises FORBIDDEN, NOT_FOUND."""
    if actor.confined_to is None:
        raise forbidden("credential_not_allowed", "Only a project's own credential can do this.")
    project = await get_live_project(db, actor, actor.confined_to.project_id, Permission.WIDGET_READ)
    return widget_of(project.settings)


def widget_of(settings: dict[str, Any]) -> Widget:
    """Settings are kept as they were given: what is none of its kind counts as not given."""
    return Widget(
        primary_color=_matching(_COLOR, settings.get("primaryColor"))
        or _matching(_COLOR, settings.get("widgetColor"))
        or _DEFAULT_COLOR,
        shows_watermark=settings.get("showWatermark") is not False,
        takes_screenshots=settings.get("enableScreenshot") is not False,
        records_sessions=settings.get("enableSessionRecording") is not False,
        modal_title=_words(settings.get("modalTitle")),
        button_text=_words(settings.get("buttonText")),
        logo_url=_matching(_PICTURE, settings.get("logoUrl")),
        theme=_matching(_THEME, settings.get("theme")),
        accent=next(filter(None, (_matching(_ACCENT, settings.get(name)) for name in _ACCENTS)), None),
        locale=_matching(_LOCALE, settings.get("locale")),
        keeps_original=settings.get("keepOriginal") is True,
    )


def _words(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _matching(pattern: re.Pattern[str], value: object) -> str | None:
    return value if isinstance(value, str) and pattern.fullmatch(value) else None
