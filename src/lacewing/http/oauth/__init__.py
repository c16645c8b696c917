"""OAuth's dialect: device login in the standard form of RFC 8628, with its metadata."""

from lacewing.http.oauth.dialect import OAUTH

__all__ = ["OAUTH"]
