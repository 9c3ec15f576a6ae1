"""What desks on one server show of each other: who is on the phone, and sessions that change hands."""
