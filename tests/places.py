"""Where tests write: in memory, if there is room for it.

A COMMIT waits for the disk, and thousands of tests commit. That a file reaches the disk when it should is
asked elsewhere, of the system calls.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")
ROOM_BYTES: Final = 2 << 30


def quick_folder() -> Path:
    """A folder for temporary files that every account may write to; a container's is often too small."""
    try:
        is_roomy = os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ROOM_BYTES
    except OSError:
        is_roomy = False
    return MEMORY if is_roomy else Path(tempfile.gettempdir())
