"""What the Office of Foreign Assets Control did, day by day: its recent actions."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
