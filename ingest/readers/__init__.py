"""Bytes to Grid, one module per format; nothing else knows a format."""
