"""The graph over HTTP: SPARQL endpoint, JSON API, linked data, and the explorer for people.

    from kg.server.app import make_app
    app = make_app("out", options=Options())

The flow of a request: `app` (routes, security) -> `current` (which graph is served now) ->
a worker process that runs a function of the package on a read-only checkpoint of the store.
"""
