"""The report page: what the customer will read, and the mail that brings it."""
