"""The trade itself: frozen records and pure rules, on the standard library alone."""
