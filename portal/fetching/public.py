"""Which addresses belong to the public internet, by the registries of special addresses of the IANA.

https://www.iana.org/assignments/iana-ipv4-special-registry
https://www.iana.org/assignments/iana-ipv6-special-registry
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

RELAYS = IPv4Network("192.88.99.0/24")  # 6to4, given up
UNICAST = IPv6Network("2000::/3")  # all that is given out so far
NAT64 = IPv6Network("64:ff9b::/96")
# Protocol assignments (Teredo among them), documentation, 6to4: some of them carry an IPv4 address inside.
SPECIAL = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


def is_public(address: str) -> bool:
    """Whether `address`, of IPv4 or IPv6, is that of a single host on the public internet."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return _is_public_4(parsed) if isinstance(parsed, IPv4Address) else _is_public_6(parsed)


def _is_public_4(address: IPv4Address) -> bool:
    special = address.is_multicast or address.is_reserved or address in RELAYS
    return address.is_global and not special


def _is_public_6(address: IPv6Address) -> bool:
    inner = _inner(address)
    if inner is not None:
        return _is_public_4(inner)
    is_special = address.scope_id is not None or any(address in network for network in SPECIAL)
    return address in UNICAST and address.is_global and not is_special


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that is really meant: of a mapped one, or of one that a translator serves."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped
