"""Every issued PDF: rendered once, sealed with the installation's key, stored by hash, verifiable by anyone."""
