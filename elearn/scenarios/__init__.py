"""Branching stories, played one scene at a time, left and resumed at will."""
