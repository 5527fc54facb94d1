"""The lists of the Consolidated Screening List that the Bureau of Industry and Security keeps."""

from pipeline.readers.csl import parse

__all__ = ["parse"]
