"""Learning, quiz, pledge and certificate on the neutrality of Indonesian civil servants."""
