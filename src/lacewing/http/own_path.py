"""Where a caller may ask to be led afterwards: never off this site."""

import re

HOME = "/"
_OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]{0,2000}")


def own_path(text: str) -> str:
    """A path of this site stays as it is, anything else becomes home: `next` is a caller's word.

    Browsers take `//host`, also with backslashes or control characters in it, for another site.
    """
    return text if _OWN_PATH.fullmatch(text) else HOME
