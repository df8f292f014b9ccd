"""Notes of an account: written in plain text or Markdown, kept as they are typed."""
