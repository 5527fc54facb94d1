"""Press releases in English of the Ministry of Foreign Affairs of Japan."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
