"""Files from elsewhere come in here: read as a stream, checked line by line, written all or not at all."""
