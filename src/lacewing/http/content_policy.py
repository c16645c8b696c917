"""What a page of ours may load (K-5): nothing inline, and script only where a page asks for it."""

PLAIN = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
SCRIPTED = f"{PLAIN}; script-src 'self'"
# What docs/csp.md asks of a page that carries the widget, and no more: the test page shows that it does.
WITH_WIDGET = (
    "default-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
