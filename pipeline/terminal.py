"""What a terminal is told: lines and tables, without control characters."""

from rich.console import Console

_NARROWEST = 120


def console() -> Console:
    """Where to print; never narrower than a table needs, unless it is a real terminal."""
    found = Console(highlight=False)
    return found if found.width >= _NARROWEST or found.is_terminal else Console(highlight=False, width=_NARROWEST)


def line(to: Console, text: str) -> None:
    """Print a line as it is."""
    to.print(plain(text), markup=False, soft_wrap=True)


def plain(text: str) -> str:
    """Text of a source as a terminal may show it: without control characters."""
    return "".join(character if character.isprintable() else " " for character in text)


def plain_lines(text: str) -> str:
    """Text as `plain` gives it, character for character, with its ends of lines."""
    return "".join(each if each == "\n" or each.isprintable() else " " for each in text)
