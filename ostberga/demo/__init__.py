"""The demo's content as YAML files, and their loaders, which call the same functions as the pages."""
