"""Readers that sources of one shape share: safe streaming XML, tables of regimes."""
