"""Two records that turn out to be one practice, side by side, and one of them afterwards."""
