"""Where remote support is no way: a visit for the calendar, and what is said of an attempt."""
