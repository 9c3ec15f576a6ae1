"""Who has not paid in time, and the letters to them."""
