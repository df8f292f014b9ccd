"""The handbook, what is new, and what this copy of csplanner is made of."""
