"""An address of the internet -> why nothing is fetched from it, if so."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

FORBIDDEN_V4 = {
    "0.0.0.0/8": "an unspecified address",
    "10.0.0.0/8": "a private address",
    "100.64.0.0/10": "an address behind a carrier's translation",
    "127.0.0.0/8": "a loopback address",
    "168.63.129.16/32": "a cloud provider's metadata address",
    "169.254.0.0/16": "a link-local address",
    "172.16.0.0/12": "a private address",
    "192.0.0.0/24": "a reserved address",
    "192.0.2.0/24": "a documentation address",
    "192.31.196.0/24": "a reserved address",
    "192.52.193.0/24": "a reserved address",
    "192.88.99.0/24": "a translated address",
    "192.168.0.0/16": "a private address",
    "192.175.48.0/24": "a reserved address",
    "198.18.0.0/15": "a reserved address",
    "198.51.100.0/24": "a documentation address",
    "203.0.113.0/24": "a documentation address",
    "224.0.0.0/4": "a multicast address",
    "240.0.0.0/4": "a reserved address",
}
"""Stricter than the registry: what it calls globally reachable but is no place for pages is left out too.

Sources: IANA, "IPv4 Special-Purpose Address Registry"; Microsoft, "What is IP address 168.63.129.16?".
"""
FORBIDDEN_V6 = {
    "::/128": "an unspecified address",
    "::1/128": "a loopback address",
    "::/96": "an IPv4 address written as IPv6",
    "::ffff:0:0/96": "an IPv4 address written as IPv6",
    "::ffff:0:0:0/96": "an IPv4 address written as IPv6",
    "64:ff9b::/96": "a translated address",
    "64:ff9b:1::/48": "a translated address",
    "100::/16": "a reserved address",
    "2001::/32": "a translated address",
    "2001::/23": "a reserved address",
    "2001:db8::/32": "a documentation address",
    "2002::/16": "a translated address",
    "2620:4f:8000::/48": "a reserved address",
    "3ffe::/16": "a reserved address",
    "3fff::/20": "a documentation address",
    "fc00::/7": "a private address",
    "fe80::/10": "a link-local address",
    "fec0::/10": "a private address",
    "ff00::/8": "a multicast address",
    "::/0": "a reserved address",
}
"""The first that fits tells the reason; all that is not global unicast (2000::/3) falls to the last.

Sources: IANA, "IPv6 Special-Purpose Address Registry" and "IPv6 Address Space"; RFC 2765 (::ffff:0:a.b.c.d), RFC 3879
(site-local), RFC 4380 (Teredo), RFC 3056 (6to4), RFC 6052 and 8215 (NAT64).
"""
GLOBAL_UNICAST = ip_network("2000::/3")
EMBEDDED_V4 = (0x00005EFE, 0x02005EFE)
"""The upper half of an interface identifier that holds an IPv4 address (RFC 5214, ISATAP)."""

_V4 = tuple((ip_network(network), reason) for network, reason in FORBIDDEN_V4.items())
_V6 = tuple((ip_network(network), reason) for network, reason in FORBIDDEN_V6.items())


def why_not_public(address: Address) -> str | None:
    """Name the kind of an address that is not public; None for a public one.

    `ipaddress.is_global` is not asked: in Python 3.11 it takes 6to4, NAT64 and multicast for global.
    """
    if isinstance(address, IPv4Address):
        return next((reason for network, reason in _V4 if address in network), None)
    if int(address) >> 32 & 0xFFFFFFFF in EMBEDDED_V4:
        return "a translated address"
    special = (pair for pair in _V6 if pair[0].prefixlen or address not in GLOBAL_UNICAST)
    return next((reason for network, reason in special if address in network), None)


def read_address(text: str) -> Address | None:
    """Read an address as a resolver or a URL writes it; None where it is none in plain spelling."""
    try:
        return ip_address(text)
    except ValueError:
        return None
