"""Executive orders, proclamations, statements and fact sheets of the White House, from its feeds."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
