"""The civil service: the tree of agencies, employees by NIP, their placements over time, and the roster import."""
