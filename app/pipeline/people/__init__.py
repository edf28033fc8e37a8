"""Everybody who could be speaking, and who they are."""
