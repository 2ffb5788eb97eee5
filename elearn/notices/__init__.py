"""Messages to people: an outbox filled inside the transaction and sent after its commit."""
