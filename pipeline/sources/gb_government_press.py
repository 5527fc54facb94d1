"""News and communications of the UK government about sanctions, from GOV.UK."""

from pipeline.readers.press_rooms import parse

__all__ = ["parse"]
