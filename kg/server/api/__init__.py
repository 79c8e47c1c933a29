"""The JSON API: the same functions that the pages show, as data, documented in OpenAPI."""
