"""The story of the sample book, and what turns it into snapshots and recorded judgements."""
