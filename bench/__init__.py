"""Repeatable measurements of the real server: `make bench` prints a table and writes bench/results.json."""
