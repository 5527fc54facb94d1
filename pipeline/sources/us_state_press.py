"""Press releases of the US Department of State, from its feed."""

from pipeline.readers.feeds import parse

__all__ = ["parse"]
