"""What a tax audit asks of the house: its data in the standard form, and how it works."""
