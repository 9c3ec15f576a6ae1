"""The page "Prüfung": the chain of documents, what was changed, and the draft of the procedures."""
