"""How the dataset is made: sources → documents → normalized → tables → published."""

import os
from importlib.metadata import version

# One core does for a full build. With more, Polars wakes workers for each of many thousands of small frames, which costs a
# sixth more processor time and saves next to none of the waiting. It reads the setting when it is imported.
os.environ.setdefault("POLARS_MAX_THREADS", "1")

VERSION = version("sanctions-ledger")
"""Of this software, as rows and snapshots say it."""
