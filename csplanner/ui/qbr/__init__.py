"""QBR prep: what the customer will see, what it rests on, and what to look at before."""
