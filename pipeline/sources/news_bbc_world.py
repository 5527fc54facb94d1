"""World news of the BBC, from its feed."""

from pipeline.readers.feeds import parse

__all__ = ["parse"]
