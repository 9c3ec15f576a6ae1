"""The page of the customers: the list of all, and the whole record of one, edited in place."""
