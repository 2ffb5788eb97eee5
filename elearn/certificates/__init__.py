"""Certificates of completion, which anyone can verify."""
