"""China's Ministry of Commerce: the Unreliable Entity List and the Export Control List, announcement by announcement."""

from pipeline.readers.chinese_announcements import parse

__all__ = ["parse"]
