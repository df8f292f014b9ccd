"""Tasks, planned touches and meetings: the list of them, their form, and calendar files."""
