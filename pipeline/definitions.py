"""What Dagster loads: the assets of every source, their schedules, and the settings of the environment."""

import dagster as dg

from pipeline import sources
from pipeline.assets import assets_of
from pipeline.resources import from_environment
from pipeline.schedules import schedules_of

_SOURCES = sources.load()

defs = dg.Definitions(
    assets=assets_of(_SOURCES),
    schedules=schedules_of(_SOURCES),
    resources={"workplace": from_environment()},
    executor=dg.in_process_executor,  # a process a step would cost seconds each
)
