"""Identity numbers with a check digit or a fixed format are checked; what fails is kept as written and flagged."""

import re
from collections.abc import Callable

from stdnum import bic, bitcoin, iban, imo, isin, lei

_BITCOIN = re.compile(r"(1|3|bc1)[0-9A-Za-z]+")
_ETHEREUM = re.compile(r"0x[0-9a-fA-F]*")


def is_well_formed(identifier_type: str, value: str) -> bool | None:
    """Whether a number can be what its type says; None where the type has no format that is known here."""
    check = _CHECKS.get(identifier_type)
    return check(value) if check else None


def _wallet(value: str) -> bool | None:
    """Bitcoin's forms by their checksum, Ethereum's by its length; other chains have forms of their own."""
    if _BITCOIN.fullmatch(value):
        return bool(bitcoin.is_valid(value))
    return len(value) == 42 if _ETHEREUM.fullmatch(value) else None


_CHECKS: dict[str, Callable[[str], bool | None]] = {
    "imo_number": imo.is_valid,  # seventh digit: IMO Resolution A.1117(30)
    "lei": lei.is_valid,  # ISO 17442, check digits after ISO 7064
    "isin": isin.is_valid,  # ISO 6166
    "swift_bic": bic.is_valid,  # ISO 9362
    "iban": iban.is_valid,  # ISO 13616
    "wallet_address": _wallet,
}
