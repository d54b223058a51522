"""From documents to answers."""
