"""OpenAPI 3.1 documents, one a dialect, that follow from the declarations of its endpoints."""

from lacewing.http.openapi.document import document_of
from lacewing.http.openapi.outcomes import refusals

__all__ = ["document_of", "refusals"]
