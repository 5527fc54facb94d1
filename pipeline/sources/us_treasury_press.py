"""Press releases of the US Department of the Treasury."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
