"""Readers that remember file, line and cell."""
