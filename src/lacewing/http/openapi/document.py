"""A dialect's whole document."""

from typing import Any

from lacewing import __version__
from lacewing.http.endpoint import Dialect
from lacewing.http.openapi.operation import HEADERS, budget_headers, operation
from lacewing.http.openapi.schemas import Schemas
from lacewing.http.openapi.security import schemes
from lacewing.settings import Settings

VERSION = "3.1.0"


def document_of(dialect: Dialect, settings: Settings) -> dict[str, Any]:
    """OpenAPI 3.1. Without a PUBLIC_URL the server is the one that the document was read from."""
    schemas = Schemas(dialect)
    endpoints = [endpoint for endpoint in dialect.endpoints if endpoint.is_documented]
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        item = paths.setdefault(endpoint.path, {})
        item[endpoint.method.lower()] = operation(dialect, endpoint, schemas)
    return {
        "openapi": VERSION,
        "info": {
            "title": dialect.title,
            "version": __version__,
            "description": dialect.description,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": settings.public_url or "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(endpoint.tag for endpoint in endpoints)],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "headers": {**HEADERS, **budget_headers(dialect)},
            "securitySchemes": schemes(dialect, settings),
        },
    }
