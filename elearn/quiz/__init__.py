"""Attempts at a quiz: a paper is drawn, answers are saved one by one, the whole is graded."""
