"""The page of all ended sessions: filters, a table of any length, and below it the chosen session."""
