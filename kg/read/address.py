"""Which network addresses may be fetched from: those of the public internet.

A link in a feed, a redirect or a name server must not make newsgraph ask machines of the network
it runs in (server-side request forgery, CWE-918).
"""

from __future__ import annotations

import ipaddress
import socket

from kg.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
"""NAT64 (RFC 6052, 8215): the last 32 bits are an IPv4 address."""


def addresses(host: str, port: int, *, allow_private: bool = False) -> list[str]:
    """The addresses of `host`, in the order to try them.

    To be connected to as they are: asking the name server again could give others. Raises
    `InputError` when there are none, or when one of them is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(
            f"cannot be fetched: no machine called {host!r} is known; check the spelling and the "
            "network"
        ) from None
    unique = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    private = [text for text in unique if not is_public(ipaddress.ip_address(text))]
    if private and not allow_private:
        raise InputError(
            f"is at {private[0]}, a private address, so it was not fetched; give --allow-private "
            "if you trust it"
        )
    return unique


def is_public(address: Address) -> bool:
    """Whether `address` is one of the public internet, also when it is wrapped in another."""
    if isinstance(address, ipaddress.IPv6Address):
        if any(inner is not None and not is_public(inner) for inner in _wrapped(address)):
            return False
        if address.is_site_local:
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address | None]:
    """The IPv4 addresses that an IPv6 address of a transition mechanism leads to."""
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    translated = last if any(address in network for network in _TRANSLATED) else None
    teredo = address.teredo[1] if address.teredo else None
    return [address.ipv4_mapped, address.sixtofour, teredo, translated]
