"""The territories: countries, former states and the few regions that measures are directed at."""

import datetime as dt

import polars as pl
import pycountry

UNIONS = {"EU": "European Union", "UN": "United Nations", "XK": "Kosovo", "XW": "World Bank Group"}
"""Issuers and territories without an ISO 3166-1 code: EU and UN are reserved, XK and XW are user-assigned.

XW is this dataset's own: the World Bank decides on its debarments by itself, so that UN would be false, and WB may yet be
given to a country, while ISO 3166-1 leaves XA to XZ to its users for good. It issues and is no territory.
"""
REGIONS = {
    "UA-09": "Luhansk Region",
    "UA-14": "Donetsk Region",
    "UA-23": "Zaporizhzhia Region",
    "UA-40": "Sevastopol",
    "UA-43": "Crimea",
    "UA-65": "Kherson Region",
}
"""The regions of ISO 3166-2 that regimes single out, by the English names that the regimes use."""


def ends_of_states() -> dict[str, dt.date]:
    """By code of ISO 3166-3 the last day of the year in which a former state ended."""
    ends = {state.alpha_4: str(getattr(state, "withdrawal_date", "")) for state in pycountry.historic_countries}
    return {code: dt.date(int(end[:4]), 12, 31) for code, end in ends.items() if end[:4].isdigit()}


def territory_frame() -> pl.DataFrame:
    """The table `territories`: ISO 3166-1, ISO 3166-3 by the four-letter code, REGIONS and UNIONS, sorted by code."""
    countries = {country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries}
    former = {state.alpha_4: state.name for state in pycountry.historic_countries}
    for code in REGIONS:
        pycountry.subdivisions.lookup(code)
    rows = [
        {"code": code, "name": name, "parent_code": code[:2] if code in REGIONS else None}
        for code, name in (countries | former | UNIONS | REGIONS).items()
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("code", "name", "parent_code"), pl.String)).sort("code")
