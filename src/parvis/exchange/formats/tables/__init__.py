"""Tables of any kind, read as strangers' data: CSV, XLSX, ODS and JSON, row by row, in bounded memory."""
