"""What a quarterly review says to the customer, what it says to you, and the files of both."""
