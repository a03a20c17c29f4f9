"""Frozen pydantic objects: what a workspace may say."""
