"""The mail that carries an invoice."""
