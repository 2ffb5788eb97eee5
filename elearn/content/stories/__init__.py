"""What a branching story means, how it plays and how its graph is drawn; pure."""
