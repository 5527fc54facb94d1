"""Press releases in English of the Ministry of Economy, Trade and Industry of Japan."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
