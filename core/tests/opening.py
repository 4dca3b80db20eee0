"""A form of the office, opened before it is sent."""


def opened(client, url):
    """What the form at ``url`` carries to say what was seen; to send beside what is typed."""
    return {"_seen": client.get(url).context["seen_token"]}
