"""What leaves the house by mail: made, queued, handed to the server, looked at and sent again."""
