"""Press releases of the Council of the European Union, from its feed and its pages."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
