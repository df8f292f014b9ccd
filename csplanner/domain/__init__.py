"""What customer success is: frozen records and pure functions, standard library only."""
