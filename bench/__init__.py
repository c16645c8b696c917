"""Load, crash and soak harness: `python -m bench`, `python -m bench.crash`, `python -m bench.soak`."""
