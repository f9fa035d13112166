"""Feeds for tests, as small as they can be."""

from email.utils import format_datetime
from xml.sax.saxutils import escape


def item(title="Baker", link="https://jobs.example/1", *, guid=None, extra="", published=None):
    """Return an item of RSS."""
    date = f"<pubDate>{format_datetime(published)}</pubDate>" if published else ""
    named = f"<guid>{escape(guid)}</guid>" if guid else ""
    return f"<item><title>{escape(title)}</title><link>{escape(link)}</link>{named}{date}{extra}</item>"


def rss(*items, head="<?xml version='1.0'?>", inside=""):
    """Return a feed of RSS as bytes."""
    namespaces = (
        'xmlns:job_listing="https://jobs.example/ns" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    return f"{head}<rss version='2.0' {namespaces}><channel>{inside}{''.join(items)}</channel></rss>".encode()


def atom(*entries):
    """Return an Atom feed as bytes."""
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(entries)}</feed>".encode()
