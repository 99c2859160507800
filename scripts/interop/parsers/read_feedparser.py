"""Reads feeds with feedparser. Each line of the input is a file; each line of the output is what the file says, as JSON."""

import calendar
import json
import sys
from datetime import datetime, timezone

import feedparser


def instant(parsed):
    if parsed is None:
        return None
    return datetime.fromtimestamp(calendar.timegm(parsed), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def item(entry):
    bodies = entry.get("content", [])
    return {
        "id": entry.get("id"),
        "title": entry.get("title"),
        "titleIsHtml": "html" in entry.get("title_detail", {}).get("type", ""),
        "link": entry.get("link"),
        "published": instant(entry.get("published_parsed")),
        "updated": instant(entry.get("updated_parsed")),
        "authors": [author["name"] for author in entry.get("authors", []) if "name" in author],
        "categories": [tag["term"] for tag in entry.get("tags", [])],
        "summary": entry.get("summary"),
        "summaryIsHtml": "html" in entry.get("summary_detail", {}).get("type", ""),
        "content": bodies[0]["value"] if bodies else None,
        "source": entry.get("source", {}).get("title") or entry.get("dc_source"),
    }


def read(name):
    with open(name, "rb") as file:
        found = feedparser.parse(file.read())
    said = {
        "title": found.feed.get("title"),
        "titleIsHtml": "html" in found.feed.get("title_detail", {}).get("type", ""),
        "items": [item(entry) for entry in found.entries],
    }
    return {**said, "remark": repr(found.bozo_exception)} if found.bozo else said


for line in sys.stdin:
    name = line.rstrip("\n")
    try:
        said = read(name)
    except Exception as fault:
        said = {"fault": repr(fault)}
    print(json.dumps({"file": name, **said}), flush=True)
