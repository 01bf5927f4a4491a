"""From the bytes of a file to what it holds. Pure: no request, no database, no clock."""
