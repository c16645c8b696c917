"""Golden vectors of the query language: what reads, finds and refuses alike here and in the dashboard."""

import json
from pathlib import Path
from typing import Any, Final

VECTORS: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("query_vectors.json").read_bytes())
