"""The command line: every verb of the application without a window."""
