"""
Runs the W3C feed validator, whose folder is the argument, at level AA. Each line of the input is a file, a tab and the
address of the document; each line of the output is what the validator says of the file, as JSON.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "src"))

import feedvalidator
from feedvalidator import compatibility

# The parameters of an event that tell what it is about; the first that the event has counts.
told = ("value", "message", "namespace")

for line in sys.stdin:
    name, address = line.rstrip("\n").split("\t")
    with open(name, encoding="utf-8", newline="") as file:
        text = file.read()
    found = feedvalidator.validateString(text, firstOccurrenceOnly=0, base=address)
    events = [
        {
            "event": type(event).__name__,
            "line": event.params.get("line"),
            "element": str(event.params.get("element", "")),
            "value": next((str(event.params[name]) for name in told if name in event.params), "")[:200],
        }
        for event in compatibility.AA(found["loggedEvents"])
    ]
    print(json.dumps({"file": name, "events": events}), flush=True)
