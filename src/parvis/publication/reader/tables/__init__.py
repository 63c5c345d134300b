"""Questions put to a published table: read by a small strict grammar, met by columns of codes, never by others' SQL."""
