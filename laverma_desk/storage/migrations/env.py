"""Run Alembic on the connection that `storage.migrate` hands over, each migration whole or not at all."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=None,
    # Without this Alembic takes SQLite for a database that cannot roll back DDL, and a migration
    # that dies halfway leaves its tables behind.
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
