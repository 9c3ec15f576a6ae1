"""The agreements of a customer in the window: the card, its forms, and the list of all that end."""
