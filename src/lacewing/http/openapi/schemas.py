"""JSON Schemas of the wire Structs, and what msgspec can not say of them."""

from collections.abc import Iterable, Iterator
from enum import Enum
from inspect import cleandoc
from typing import Any, get_args

import msgspec

from lacewing.http.endpoint import Dialect

REFERENCE = "#/components/schemas/{name}"
_ANY_JSON = {"description": "Any JSON, as it was sent."}

Schema = dict[str, Any]


class Schemas:
    """The schemas of everything that a dialect's documented endpoints read and answer."""

    def __init__(self, dialect: Dialect) -> None:
        endpoints = [endpoint for endpoint in dialect.endpoints if endpoint.is_documented]
        wires = [
            wire
            for endpoint in endpoints
            for wire in (endpoint.answer, endpoint.or_answer, *endpoint.other_answers.values(), endpoint.body)
            if wire is not None
        ]
        if dialect.error_body is not None:
            wires.append(dialect.error_body)
        self.components = _components(wires)

    def of(self, wire: Any) -> Schema:  # noqa: ANN401 - any type that msgspec encodes
        """A reference into `components`, or what holds one."""
        (schema,), _ = msgspec.json.schema_components([wire], ref_template=REFERENCE)
        return schema


def query_fields(wire: type[msgspec.Struct]) -> tuple[dict[str, Schema], set[str]]:
    """The schema of each parameter, none of them null, and the names of those that must be there."""
    found = _components([wire])
    struct = found[wire.__name__]
    fields = {name: _inlined(_not_null(field), found) for name, field in struct["properties"].items()}
    return fields, set(struct["required"])


def _components(wires: list[Any]) -> dict[str, Schema]:
    _, components = msgspec.json.schema_components(wires, ref_template=REFERENCE)
    for enum in _enums(wires):
        components[enum.__name__].update(type="string", enum=[member.value for member in enum])
    return {name: _struct(schema) for name, schema in sorted(components.items())}


def _enums(wires: Iterable[Any]) -> set[type[Enum]]:
    """msgspec sorts the words of an enum; people want them in their order."""
    pending, seen = list(wires), set()
    while pending:
        wire = pending.pop()
        if wire not in seen:
            seen.add(wire)
            pending += _parts(wire)
    return {wire for wire in seen if isinstance(wire, type) and issubclass(wire, Enum)}


def _parts(wire: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(wire, type) and issubclass(wire, msgspec.Struct):
        yield from (field.type for field in msgspec.structs.fields(wire))
    else:
        yield from (part for part in get_args(wire) if not isinstance(part, msgspec.Meta))


def _struct(schema: Schema) -> Schema:
    if "description" in schema:
        schema = schema | {"description": cleandoc(schema["description"])}
    if "properties" not in schema:
        return schema
    fields = {name: _field(field) for name, field in schema["properties"].items()}
    refused = [name for name, field in fields.items() if _refuses_its_default(field)]
    for name in refused:
        del fields[name]["default"]
    return schema | {"properties": fields, "required": [*schema["required"], *refused]}


def _field(field: Schema) -> Schema:
    """msgspec.Raw has the empty schema."""
    default = {"default": field["default"]} if "default" in field else {}
    if not field.keys() - {"default"} or {} in field.get("anyOf", ()):
        return _ANY_JSON | default
    return field


def _refuses_its_default(field: Schema) -> bool:
    """Such a default lets a missing field be told with all other mistakes; the field has to be given."""
    return field.get("default") == "" and field.get("minLength", 0) > 0


def _not_null(field: Schema) -> Schema:
    """A parameter that is left out is not sent as null."""
    outer = {
        name: value for name, value in field.items() if name != "anyOf" and (name, value) != ("default", None)
    }
    inner = [item for item in field.get("anyOf", ()) if item != {"type": "null"}]
    schema = outer | (inner[0] if len(inner) == 1 else {"anyOf": inner} if inner else {})
    if "x-words" in schema:
        words = {"type": "string", "enum": schema.pop("x-words")}
        return schema | {"type": "array", "items": words}
    return schema


def _inlined(field: Schema, components: dict[str, Schema]) -> Schema:
    if "$ref" not in field:
        return field
    referred = components[field["$ref"].rpartition("/")[2]]
    rest = {name: value for name, value in field.items() if name != "$ref"}
    return {name: value for name, value in referred.items() if name != "title"} | rest
