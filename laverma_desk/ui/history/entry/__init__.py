"""The form for a session that is over: recorded afterwards, or corrected with a reason."""
