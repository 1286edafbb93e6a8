"""What extraction and search are worth: the metrics against annotated documents and judged queries.

`gold` holds the conventions (names, texts, spans, counts), `metrics` one function a family of facts,
`search_metrics` ranked evidence, `report` the table that `gcmkg evaluate` prints.
"""
