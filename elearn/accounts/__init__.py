"""People who can sign in: credentials, sessions, and roles with an agency scope."""
