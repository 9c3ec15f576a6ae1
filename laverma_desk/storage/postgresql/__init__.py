"""What only a PostgreSQL server has: its connections, its troubles, its schema, its roles, its news."""
