"""What the service does: it introduces extraction to storage and turns both into answers."""
