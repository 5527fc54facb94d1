"""An article of The Japan Times as plain text: the first sentence of this project."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
