"""What the widget is told of its project, whatever stands in the settings (B4.2)."""

from typing import Any

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.projects import Widget, change_project, read_widget
from lacewing.projects.widget import widget_of
from tests.world import World

PLAIN = Widget("#e94560", True, True, True, None, None, None)


def test_a_project_without_settings_leaves_it_to_the_widget(still_world: World) -> None:
    assert still_world.run(read_widget(still_world.db, still_world.key())) == PLAIN


def test_the_settings_that_are_there_are_told(world: World) -> None:
    settings = {
        "widgetColor": "#0a0B0c",
        "showWatermark": False,
        "enableScreenshot": False,
        "enableSessionRecording": False,
        "modalTitle": "Tell us",
        "buttonText": "Bug?",
        "logoUrl": "https://myapp.com/logo.png",
        "theme": "dark",
        "locale": "pt-BR",
        "keepOriginal": True,
    }
    change = change_project(world.db, world.session("ada"), world.orchard.id, {"settings": settings})
    world.run(change)
    told = world.run(read_widget(world.db, world.key()))
    logo = "https://myapp.com/logo.png"
    look = ("dark", "#0a0B0c", "pt-BR")
    assert told == Widget("#0a0B0c", False, False, False, "Tell us", "Bug?", logo, *look, True)


@pytest.mark.parametrize(
    "settings",
    [
        {"widgetColor": 7, "showWatermark": "no", "enableScreenshot": None, "modalTitle": ["x"]},
        {"widgetColor": "red;}", "logoUrl": "javascript:alert(1)", "buttonText": " ", "modalTitle": {}},
        {"primaryColor": "", "logoUrl": "https://a b", "enableSessionRecording": 0},
        {"theme": "pink", "accent": "#12345", "locale": "<b>", "keepOriginal": "yes"},
    ],
)
def test_what_is_none_of_its_kind_counts_as_not_given(settings: dict[str, Any]) -> None:
    assert widget_of(settings) == PLAIN


def test_the_newer_name_of_the_colour_goes_first() -> None:
    assert widget_of({"widgetColor": "#111111", "primaryColor": "#222222"}).primary_color == "#222222"


def test_an_accent_goes_before_the_originals_colours() -> None:
    told = widget_of({"accent": "#123", "primaryColor": "#222222"})
    assert (told.accent, told.primary_color) == ("#123", "#222222")


def test_only_a_projects_own_credential_asks(still_world: World) -> None:
    with pytest.raises(LacewingError) as refused:
        still_world.run(read_widget(still_world.db, still_world.actor(CredentialKind.SESSION)))
    assert refused.value.kind is ErrorKind.FORBIDDEN
