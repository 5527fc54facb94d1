"""The lists of the Consolidated Screening List that the Department of State keeps."""

from pipeline.readers.csl import parse

__all__ = ["parse"]
