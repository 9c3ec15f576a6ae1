"""The page of a running session: clock, notes, and all that is written down during a call."""
