"""csplanner: an offline account planner for one customer success manager."""

__version__ = "0.1.0"
