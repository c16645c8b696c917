"""What stands in a path for a thing: its id, or its code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.credentials import PROVIDER_NAME
from lacewing.http.core import Core
from lacewing.http.endpoint import Call
from lacewing.kit.errors import FieldError, invalid
from lacewing.projects import project_by_code
from lacewing.projects.names import CODE
from lacewing.reports import CODE as REPORT_CODE


@dataclass(frozen=True, slots=True)
class PathField:
    """What may stand in a path under one name, in words and as JSON Schema."""

    description: str
    schema: Mapping[str, Any]


_ID: Mapping[str, Any] = {"type": "string", "format": "uuid"}


def _id_or(pattern: str) -> Mapping[str, Any]:
    return {"anyOf": [_ID, {"type": "string", "pattern": f"^{pattern}$"}]}


_REPORT = PathField("Its id, or its code like WEB-42 in any case.", _id_or(REPORT_CODE.pattern))
PATH_FIELDS: Mapping[str, PathField] = {
    "comment_id": PathField("Its id.", _ID),
    "delivery_id": PathField("Its id.", _ID),
    "attachment_id": PathField("Its id.", _ID),
    "invitation_id": PathField("Its id.", _ID),
    "job_id": PathField("Its id.", _ID),
    "offer_id": PathField("Its id.", _ID),
    "key_id": PathField("Its id.", _ID),
    "link_id": PathField("Its id.", _ID),
    "member_id": PathField("Its id.", _ID),
    "label_id": PathField("Its id.", _ID),
    "organization_id": PathField("Its id.", _ID),
    "passkey_id": PathField("Its id.", _ID),
    "project_id": PathField("Its id, or its code like WEB in any case.", _id_or("[A-Za-z0-9]{2,10}")),
    "provider": PathField(
        "Its name in the settings.", {"type": "string", "pattern": f"^{PROVIDER_NAME.pattern}$"}
    ),
    "report_id": _REPORT,
    "session_id": PathField("Its id.", _ID),
    "signature": PathField("Until when the link holds, and who says so.", {"type": "string"}),
    "ticket_id": _REPORT,
    "token_id": PathField("Its id.", _ID),
    "user_id": PathField("Its id.", _ID),
    "view_id": PathField("Its id.", _ID),
    "webhook_id": PathField("Its id.", _ID),
}


def uuid_in(path: Mapping[str, str], name: str) -> UUID:
    """Raises INVALID: a bad UUID in a path is 422, an unknown one 404 (E-3)."""
    found = _uuid(path[name])
    if found is None:
        raise invalid(FieldError(name, "must be a UUID", "not_a_uuid"))
    return found


async def project_id_in(core: Core, call: Call[Any, Any]) -> UUID:
    return await project_reference(core, call.actor, call.path["project_id"])


async def project_reference(core: Core, actor: Actor, text: str) -> UUID:
    """By id, or by the code among the projects that the caller sees. Raises INVALID, NOT_FOUND, CONFLICT."""
    found = _uuid(text)
    if found is not None:
        return found
    if not CODE.fullmatch(text.upper()):
        raise invalid(FieldError("project_id", "must be a UUID or a project's code", "not_a_reference"))
    return (await project_by_code(core.db, actor, text)).id


def provider_in(path: Mapping[str, str]) -> str:
    """Raises INVALID for what can not be a provider's name."""
    name = path["provider"]
    if not PROVIDER_NAME.fullmatch(name):
        raise invalid(FieldError("provider", "must be a provider's name", "not_a_reference"))
    return name


def report_named(text: str) -> UUID | str:
    """An id, or what may be a code: by what is neither, verbs find nothing."""
    return _uuid(text) or text


def report_in(path: Mapping[str, str], name: str) -> UUID | str:
    """An id, or a code like WEB-42."""
    text = path[name]
    found = _uuid(text)
    if found is None and not REPORT_CODE.fullmatch(text):
        raise invalid(FieldError(name, "must be a UUID or a code like WEB-42", "not_a_reference"))
    return found or text


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
