"""Prints the mails of rss2email in a maildir as JSON: one object for each mail."""

import email.policy
import json
import mailbox
import sys


def shown(message):
    sender = message["From"].addresses[0]
    return {
        "id": message["X-RSS-ID"],
        "title": message["Subject"],
        "link": message["X-RSS-URL"],
        "text": " ".join(message.get_body(("plain", "html")).get_content().split()),
        "author": sender.display_name,
        "tags": [tag for tag in (message["X-RSS-TAGS"] or "").split(",") if tag],
    }


box = mailbox.Maildir(
    sys.argv[1],
    factory=lambda file: email.message_from_binary_file(file, policy=email.policy.default),
)
print(json.dumps([shown(message) for message in box]))
