"""Who is reminded of what and when: digests, calendars to subscribe to, escalation along the agency tree."""
