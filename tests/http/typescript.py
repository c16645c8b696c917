"""The public API as TypeScript, which only the type checker reads; `make check` writes it anew."""

import re
from pathlib import Path
from typing import Any, Final

from lacewing.http.bugspark import BUGSPARK
from lacewing.http.openapi import document_of
from lacewing.settings import Settings

FILE: Final = Path(__file__).parents[2] / "frontend/dashboard/src/api/types.ts"
HEAD: Final = "// Made from the OpenAPI document by `make api-types`.\n"
JSON: Final = "application/json"
PLAIN: Final = {
    "boolean": "boolean",
    "integer": "number",
    "null": "null",
    "number": "number",
    "string": "string",
}

Schema = dict[str, Any]


def typescript() -> str:
    document: Schema = document_of(BUGSPARK, Settings())
    schemas = document["components"]["schemas"]
    declared = [f"export type {name} = {type_of(schema)};\n" for name, schema in sorted(schemas.items())]
    return "\n".join([HEAD, *declared, _operations(document["paths"])])


def type_of(schema: Schema, indent: str = "") -> str:
    """What is answered always has all its fields; of what is sent, those without a default."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(item, indent) for item in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(f'"{word}"' for word in schema["enum"])
    if schema.get("type") == "array":
        inner = type_of(schema.get("items", {}), indent)
        return f"readonly ({inner})[]" if "|" in inner else f"readonly {inner}[]"
    return (
        _object(schema, indent)
        if schema.get("type") == "object"
        else PLAIN.get(str(schema.get("type")), "unknown")
    )


def _object(schema: Schema, indent: str) -> str:
    if "properties" not in schema:
        values = schema.get("additionalProperties")
        return f"Readonly<Record<string, {type_of(values, indent) if values else 'unknown'}>>"
    inner = indent + "  "
    required = set(schema["required"])
    lines = [
        f"{inner}readonly {name}{'' if name in required else '?'}: {type_of(field, inner)};"
        for name, field in schema["properties"].items()
    ]
    return "\n".join(["{", *lines, indent + "}"]) if lines else "Readonly<Record<string, never>>"


def _operations(paths: Schema) -> str:
    """Each endpoint below /api/v1 by its method and path: what it is asked with, and what it answers."""
    lines = [
        f'  "{method.upper()} {path.removeprefix("/api/v1")}": {_operation(operation)};'
        for path, item in paths.items()
        if path.startswith("/api/v1/")
        for method, operation in item.items()
    ]
    return "\n".join(["export interface Operations {", *lines, "}\n"])


def _operation(operation: Schema) -> str:
    query = [
        f"{_name(item['name'])}{'' if item['required'] else '?'}: {type_of(item['schema'])}"
        for item in operation.get("parameters", [])
        if item["in"] == "query"
    ]
    body = operation.get("requestBody", {}).get("content", {})
    asked = next((type_of(content["schema"]) for kind, content in body.items() if kind == JSON), "never")
    written = f"{{ {'; '.join(query)} }}" if query else "never"
    return f"{{ query: {written}; body: {asked}; answer: {_answer(operation)} }}"


def _answer(operation: Schema) -> str:
    """That of success; a success without a body is null."""
    successes = [item for status, item in operation["responses"].items() if status.startswith("2")]
    found = [item["content"][JSON]["schema"] for item in successes if JSON in item.get("content", {})]
    return " | ".join(dict.fromkeys(map(type_of, found))) if found else "null"


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else f'"{name}"'


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(typescript(), "utf-8")
