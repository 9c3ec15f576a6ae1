"""The desk's memory: one SQLite file through SQLAlchemy Core; only domain records leave this room."""
