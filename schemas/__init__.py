"""What is promised: one model per table of the dataset, its closed lists, and everything that is derived from them."""

from schemas.lists import code_frame, codes, event_code, list_names
from schemas.model import Table
from schemas.places import ends_of_states, territory_frame
from schemas.promise import (
    TABLES,
    Column,
    SchemaError,
    columns,
    comment_sql,
    create_table_sql,
    data_package_resource,
    dictionary,
    empty_frame,
    key,
    polars_schema,
    references,
    row_failures,
)

__all__ = [
    "TABLES",
    "Column",
    "SchemaError",
    "Table",
    "code_frame",
    "codes",
    "columns",
    "comment_sql",
    "create_table_sql",
    "data_package_resource",
    "dictionary",
    "empty_frame",
    "ends_of_states",
    "event_code",
    "key",
    "list_names",
    "polars_schema",
    "references",
    "row_failures",
    "territory_frame",
]
