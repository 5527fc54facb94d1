"""Dates in prose, and the step of a measure that each of them tells."""
