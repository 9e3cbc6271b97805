"""The folders of task files, as one package; its path is set by whoever imports it."""
