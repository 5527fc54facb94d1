"""UN News, from its feed."""

from pipeline.readers.feeds import parse

__all__ = ["parse"]
