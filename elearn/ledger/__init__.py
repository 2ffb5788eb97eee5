"""The append-only, hash-chained record of who did what; the audit log is its window."""
