"""An article whose every text tries to break out of the page that shows it."""

from __future__ import annotations

from functools import cache

from kg.graph.claims import claims
from kg.graph.store import build_store
from kg.model import Extraction, Identities
from tests import affair
from tests.factory import A, E, Q, R, T, V, document, extraction, same

SCRIPT = "<script>alert('headline')</script>"
IMAGE = "<img src=x onerror=alert(1)>"
QUOTED = '"onmouseover="alert(2)" x=\''
TEMPLATE = "{{ 7 * 7 }}${alert(3)}</textarea></title><svg onload=alert(4)>"
LINK = "javascript:alert('url')"
RIGHT_TO_LEFT = "عباس عراقچی"


@cache
def extractions() -> tuple[Extraction, ...]:
    """The affair, and one article more that means harm."""
    text = (
        f"{IMAGE} met {QUOTED} in {TEMPLATE} on 2 February 2024, {RIGHT_TO_LEFT} said. "
        f"<b>{IMAGE}</b> leads {SCRIPT} & co. 3 <i>people</i> died in {TEMPLATE}."
    )
    bad = extraction(
        document(
            text, "../<bad>&id", published="2024-02-03",
            title=f"{SCRIPT} {TEMPLATE}", source=f"{IMAGE} Daily", url=LINK,
        ),
        [
            E("e1", "Person", IMAGE), E("e2", "Person", QUOTED), E("e3", "City", TEMPLATE),
            E("e4", "Company", SCRIPT), E("e5", "Person", RIGHT_TO_LEFT),
            R("e1", "leaderOf", "e4", sentence=1),
            V(
                "v1", "Meeting", "met", A("participant", IMAGE, "e1"),
                A("participant", QUOTED, "e2"), A("place", TEMPLATE, "e3"),
                time=T("on 2 February 2024", "2024-02-02"), by="e5",
            ),
            V(
                "v2", "Attack", "died", A("place", TEMPLATE, "e3"), A("topic", "<i>people</i>"),
                quantities=[Q("deaths", 3, "3")],
            ),
        ],
    )  # fmt: skip
    return (*affair.extractions(), bad)


@cache
def identities() -> Identities:
    """As in the affair."""
    return same(extractions(), {"Rask_attack": affair.RASK_ATTACK})


def build(path: object) -> None:
    """The store of all four articles in the folder `path`."""
    found = extractions()
    build_store(path, found, identities(), claims(found, identities())).close()
