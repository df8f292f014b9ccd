"""Today: what needs you now, and why."""
