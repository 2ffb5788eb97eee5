"""How quizzes are held and judged: what is allowed to whom, questions that were wrong, what the figures tell."""
