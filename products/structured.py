"""What machines read of a page: schema.org as JSON-LD. Only what the page says to people too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from products.models import Outlet, Producer, Product, Promotion
from products.places import province_of

CONTEXT = "https://schema.org"
Data = dict[str, Any]


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Data:
    """``steps``: name and whole address, from the list down to the page."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate(steps, start=1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def product(row: Product, *, url: str, images: list[str], claims: Iterable[Any]) -> Data:
    """No offers: the ward sells nothing, and a price on its page is a price seen on some day."""
    data = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": row.name,
        "description": row.summary,
        "url": url,
        "category": row.category.name,
        "image": images,
        "award": [f"{claim.label} ({claim.year})" for claim in claims],
        "manufacturer": organization(row.producer) if row.producer else None,
    }
    if row.barcode:
        data["gtin"] = row.barcode
    return _filled(data)


def organization(maker: Producer, *, url: str = "") -> Data:
    data = {
        "@type": "Organization",
        "name": maker.name,
        "url": url or maker.website,
        "telephone": maker.phone,
        "address": _address(maker.place) if maker.place else None,
    }
    return _filled({"@context": CONTEXT, **data} if url else data)


def local_business(outlet: Outlet, *, url: str) -> Data:
    data = {
        "@context": CONTEXT,
        "@type": "LocalBusiness",
        "name": outlet.name,
        "url": url,
        "telephone": outlet.phone,
        "address": _address(outlet.address),
    }
    if outlet.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(outlet.latitude),
            "longitude": float(outlet.longitude or 0),
        }
    return _filled(data)


def event(row: Promotion, *, url: str, ward: str) -> Data:
    place = row.place or ward
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "Event",
            "name": row.title,
            "description": row.text,
            "url": url,
            "startDate": row.first_on.isoformat(),
            "endDate": row.last_on.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": place, "address": place},
            "organizer": {"@type": "Organization", "name": row.organiser or ward},
        }
    )


def _address(text: str) -> Data:
    return _filled(
        {
            "@type": "PostalAddress",
            "streetAddress": text,
            "addressRegion": province_of(text),
            "addressCountry": "VN",
        }
    )


def _filled(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "", [])}
