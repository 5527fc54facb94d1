"""Press releases of the Swiss federal administration, SECO among it, from their feed and pages."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
