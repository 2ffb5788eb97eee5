"""Completion as of any day, one Table in every format."""
