"""Reads the files under `content/`, proves them sound and publishes them as immutable versions named by hash."""
