"""The account: everything about one customer on one page."""
