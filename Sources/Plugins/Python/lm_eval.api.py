"""The names by which tasks reach filters, metrics and registries."""
