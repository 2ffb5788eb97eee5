"""The way of a learner through a module, folded from facts: lessons read, stories played, quiz passed."""
