"""The place of data protection: tell a customer everything, forget them, and what is locked meanwhile."""
