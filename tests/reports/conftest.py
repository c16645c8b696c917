from pathlib import Path

import pytest

from lacewing.settings import Settings
from lacewing.storage import Blobs, open_blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs(Settings(data=tmp_path))
