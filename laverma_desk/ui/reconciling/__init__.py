"""The reconciliation: what the remote tool wrote down beside the sessions that were recorded."""
