"""What a snapshot changed, as a ranked list whose lines open their records."""
