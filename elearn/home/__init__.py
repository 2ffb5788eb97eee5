"""The first page of each role, and the installation's own pulse."""
