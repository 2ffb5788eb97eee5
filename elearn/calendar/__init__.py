"""The days that matter to an office: working days and holidays here, and the phases of elections."""
