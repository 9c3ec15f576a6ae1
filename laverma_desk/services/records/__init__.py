"""The full record of a customer: what can be typed into it, how it is checked, and how it is kept."""
