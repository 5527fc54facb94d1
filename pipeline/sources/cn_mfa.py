"""Countermeasures of China's foreign ministry under the Anti-Foreign Sanctions Law: people and companies of its decisions."""

from pipeline.readers.chinese_announcements import parse

__all__ = ["parse"]
