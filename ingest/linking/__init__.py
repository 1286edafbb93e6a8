"""Links from passages to objectives, goals and guiding principles, each with its reason.

`load_linker()` gives a `Linker`: `link_document` for documents, `tag` for texts, `affinity` for queries.
"""

from ingest.linking.linker import Linker, load_linker
from ingest.linking.records import Links, Tagged

__all__ = ["Linker", "Links", "Tagged", "load_linker"]
