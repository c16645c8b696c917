"""What a page of ours may load (K-5): nothing inline, and script only where a page asks for it."""

PLAIN = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
SCRIPTED = f"{PLAIN}; script-src 'self'"
