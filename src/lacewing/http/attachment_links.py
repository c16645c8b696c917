"""Where an attachment's bytes are read, and how they are answered: never as a page of ours."""

from collections.abc import Callable
from urllib.parse import quote

from lacewing.http.core import Core
from lacewing.http.endpoint import Reply
from lacewing.reports import Attachment, AttachmentState, Opened, Variant, sign_link

PATH = "/attachments/{attachment_id}/{signature}"
PREFIX = "/api/v1"
_POLICY = "sandbox; default-src 'none'"

Linker = Callable[[Attachment, Variant], str | None]


def linker(core: Core) -> Linker:
    """Links that hold from now on, for who may see the report; None for what there is not yet."""
    now, ring, base = core.db.clock(), core.vault.ring, core.settings.base_url

    def link(attachment: Attachment, variant: Variant) -> str | None:
        if variant is Variant.THUMBNAIL and attachment.state is not AttachmentState.READY:
            return None
        signature = sign_link(ring, attachment.id, variant, now)
        return base + PREFIX + PATH.format(attachment_id=attachment.id, signature=signature)

    return link


def bytes_of(opened: Opened) -> Reply:
    """What was not made anew is saved, and no page of another origin can even load it."""
    disposition = "inline" if opened.is_safe else "attachment"
    return Reply(
        stream=opened.blob.chunks,
        media_type=opened.media_type,
        headers=(
            ("Content-Length", str(opened.blob.size)),
            ("Content-Disposition", f"{disposition}; {_file_name(opened.name)}"),
            ("Content-Security-Policy", _POLICY),
            ("Cross-Origin-Resource-Policy", "cross-origin" if opened.is_safe else "same-origin"),
            ("Cache-Control", f"private, max-age={opened.seconds_left if opened.is_safe else 0}"),
        ),
    )


def _file_name(name: str) -> str:
    """RFC 6266: plain for those who know no better, then as it is."""
    plain = "".join(each if each.isascii() else "_" for each in name)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
