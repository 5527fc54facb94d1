"""News of Global Affairs Canada, from the feed of the Government of Canada and its pages."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
