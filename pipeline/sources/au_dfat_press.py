"""Media releases of the Department of Foreign Affairs and Trade of Australia, from its feed and its pages."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
