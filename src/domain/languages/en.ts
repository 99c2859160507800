import type { Language } from '../words.ts'
import { commentWords } from './comments.ts'
import { linkWords } from './links.ts'
import { mailWords } from './mail.ts'
import { pushWords } from './push.ts'

/** The English texts. */
export const en: Language = {
  words: {
    tag: 'en',
    colon: ':',
    quote: '“{}”',
    day: (written) => written,
    time: (written) => written,
    correction: 'Correction',
    page: {
      skip: 'Skip to content',
      home: 'Back to the front page',
      subscribe: 'Subscribe',
      empty: 'No articles at the moment.',
      by: 'By',
      source: 'Source:',
      published: 'Published',
      updated: 'Updated',
      credit: 'Photo:',
      summaryOnly: 'Only the summary of this article may be published here.',
      readOn: (host) => `Read the article on ${host}`,
      attachments: 'Attached files',
      topics: 'Topics',
      newTab: '(opens in a new tab)',
      license: 'License',
      address: 'Address of this article:',
      folders: { sections: 'Section', tags: 'Topic', authors: 'Articles by' },
      apologies: {
        404: {
          title: 'This page cannot be found',
          detail: 'The address may be mistyped, or the page has moved.',
        },
        410: { title: 'This article is no longer published', detail: 'The newsroom has withdrawn it.' },
        429: {
          title: 'Too many requests at once',
          detail: 'Wait a few minutes, and try again.',
        },
        503: {
          title: 'The service is interrupted',
          detail: 'We are working on it. Try again in a few minutes.',
        },
      },
    },
    feed: {
      kind: (format) => `${format} feed`,
      explanation:
        'This address is a feed. Add it to your reader: every article arrives there the moment it is published, without an account here or an email.',
      address: 'Address of the feed, to be copied',
      raw: 'Show the feed as it is',
      otherFormats: 'The same feed as',
      open: 'Open in a reader',
      application: 'Application on this device',
      own: 'Miniflux or FreshRSS, at your own address',
      ownAddress: 'Address of your reader',
      ownExample: 'reader.example.org',
      ownShow: 'Show the links',
      ownUnknown: 'This address cannot be read: write for instance reader.example.org.',
      subscribeIn: (reader, host) => `${reader} at ${host}`,
      newest: 'Newest articles',
      older: 'Articles of this part of the feed',
      all: 'All feeds',
      directory: 'Subscribe',
      directoryExplanation:
        'Choose what you want to follow and add its feed to your reader: articles arrive there the moment they are published, without an account here or an email.',
      folders: { sections: 'Sections', tags: 'Topics', authors: 'Authors' },
      everything: 'All articles',
      startingAt: (folder, name) => `${folder} from “${name}” on`,
      more: { sections: 'More sections', tags: 'More topics', authors: 'More authors' },
      initials: { sections: 'Sections by initial', tags: 'Topics by initial', authors: 'Authors by initial' },
      opml: 'All these feeds in one file (OPML)',
      opmlExplanation: 'Your reader can import it.',
      nothing: 'There is nothing more here.',
      contact: 'Do you develop a feed reader? Questions and problems:',
    },
    hub: {
      title: 'Notices for feed readers',
      explanation:
        'This address is the WebSub hub of the site: feed readers register here and receive each change the moment it is published. You have nothing to do here. To follow the site, add one of its feeds to your reader.',
      choose: 'Choose a feed',
      developers: 'For authors of feed readers',
      request:
        'This request subscribes a callback to a feed. The topic is the address that the feed names as “self”, exactly as the feed writes it.',
      answer:
        'The hub asks the callback for a confirmation, and then sends it the whole feed after each change.',
      specification: 'The WebSub specification (in English)',
    },
    share: {
      group: 'Share this article',
      verbs: {
        shareOn: 'Share on {}',
        shareIn: 'Share in {}',
        sendVia: 'Send via {}',
        sendBy: 'Send by {}',
        saveTo: 'Save to {}',
      },
      names: { email: 'email', sms: 'text message', copyLink: 'Copy link', qrCode: 'QR code' },
      notes: { fediverse: 'fediverse', atWork: 'work', withText: 'with text', yourServer: 'your server' },
      native: 'Share…',
      print: 'Print',
      copied: 'Link copied',
      more: 'More…',
      allWays: '(all ways to share)',
      server: 'Address of your server:',
      go: 'Continue',
      byHand: 'Link to copy:',
      menu: 'Share',
      groups: { show: 'On networks', send: 'To somebody', keep: 'For later', take: 'The link itself' },
      shortLink: 'Short link',
      qr: 'QR code of this article',
      scan: 'The code leads to the same article, on a phone or on paper.',
      counted:
        'We count how often a day each short link is followed, and from which network. We note nothing about the people who follow it.',
    },
    notify: {
      title: 'Subscribe by email',
      explanation:
        'Choose what you want to receive. Articles reach you by email, as soon as they are published or together in one message.',
      subscribe: 'Subscribe',
      byEmail: 'By email',
      tellMe: 'Notify me of…',
      browser: 'Notify me in this browser',
      moreChoices: 'More choices',
      what: 'What do you want to receive?',
      of: {
        sections: (name) => `Articles in the section ${name}`,
        tags: (name) => `Articles on the topic “${name}”`,
        authors: (name) => `Articles by ${name}`,
      },
      correctionsOf: (title) => `Corrections of the article “${title}”`,
      correctionsHere: 'Corrections of this article',
      elsewhere: 'Is a name missing? You can choose it at the end of each of its articles.',
      email: 'Your email address',
      emailExample: 'name@example.org',
      when: 'How often?',
      schedules: { now: 'As soon as published', daily: 'Once a day', weekly: 'Once a week' },
      consent: (site) =>
        `By sending this form, you agree that ${site} sends you by email what you have chosen. You can withdraw this consent at any time, through a link in each message.`,
      kept: 'We keep your address, your choices, your language and the proof of your consent, only for these messages. When you unsubscribe, the address, the choices and the proof are erased. Through the link in each message, you can also see, correct and export them.',
      abroad:
        'The host of the site and the service that delivers the messages may process these data outside of your province or country.',
      responsible: 'Responsible for these data:',
      wrong: {
        email: 'This address is incomplete or cannot be read: write for instance name@example.org.',
        selection: 'Tick at least one choice.',
        invalid: 'One of your choices, or this frequency, does not exist: choose again.',
        tooMany: 'A subscription can have at most 50 choices: untick some.',
      },
      asked: {
        title: 'Check your email',
        detail:
          'A message arrives at your address in a few minutes, or within the hour if it has just had one. Open the link in it to confirm: nothing changes without your confirmation. The link is valid for 48 hours.',
      },
      askedInVain:
        'An address gets at most one message an hour. If it has had one in the last hour, its link works, and what you have added since follows in another message when that hour has passed. Does nothing arrive? Look into your junk folder. Otherwise, try again in an hour.',
      confirm: {
        title: 'Confirm the subscription',
        detail: 'You will receive by email:',
        action: 'Confirm',
        full: 'A subscription can have at most 50 choices, and with these it would have more. Remove some on its page first, then open this link again.',
      },
      confirmAddress: {
        title: 'Confirm the new address',
        detail: 'All that you have chosen will arrive at this address from now on.',
        action: 'Confirm the address',
        joined:
          'This address has a subscription already. The two become one, with all choices; for a choice of both, the rhythm of this address stays.',
      },
      ...linkWords.en,
      manage: 'Your subscription',
      why: (day, email) => `You receive our messages at ${email}, as you asked on ${day}.`,
      since: (day) => `since ${day}`,
      choices: 'Your choices',
      addChoices: 'Add choices',
      save: 'Save',
      saved: 'Your choices are saved.',
      confirmed: 'Your subscription is confirmed.',
      paused: 'The messages are paused: you receive nothing at the moment.',
      pause: 'Pause the messages',
      resume: 'Resume the messages',
      lastChoice:
        'Nothing has changed: keep at least one choice. To receive nothing more, use “Unsubscribe” below.',
      resumed: 'You receive messages again.',
      changeAddress: {
        title: 'Change the address',
        detail:
          'We send a message there that asks for your confirmation. Until then, messages still arrive at the present address.',
        label: 'New email address',
        action: 'Change address',
      },
      addressAsked:
        'A message that asks for your confirmation arrives at the new address in a few minutes, or within the hour if that address has just had one. Open the link in it. If nothing arrives, try again in an hour.',
      addressKept: 'Your messages arrive at this address already, and it stays so: we have sent nothing.',
      addressChanged: 'Your new address is confirmed.',
      exported: {
        title: 'Export my data',
        detail: 'A JSON file contains all that we keep about you.',
      },
      end: {
        title: 'Unsubscribe',
        detail: 'You will receive nothing more of all that you have chosen.',
        action: 'Unsubscribe me',
      },
      erase: {
        title: 'Erase my data',
        detail:
          'Your subscription ends, and all that identifies you is erased. An unreadable fingerprint remains, so that no backup brings the subscription back. This cannot be undone.',
        action: 'Erase everything…',
        confirm: 'Yes, erase everything',
      },
      ended: {
        title: 'You are unsubscribed',
        detail:
          'Your address is erased, and we will send you nothing more. A message that is already on its way may still arrive.',
      },
      erased: {
        title: 'Your data are erased',
        detail:
          'Your subscription has ended, and nothing that is left identifies you: an unreadable fingerprint only keeps a backup from bringing it back. A message that is already on its way may still arrive.',
      },
      mail: mailWords.en,
      push: pushWords.en,
    },
    comments: commentWords.en,
  },
  functionWords: 'the of and to that with from are has have this by it not which they their said but been an',
  deskName:
    /^(?:the )?(?:staff|(?:[\p{L}\p{N}&'’.-]+ ){0,4}(?:(?:news)?desk|newsroom|news (?:staff|team)|editorial (?:board|staff|team)|editors))$/iu,
  asInEnglish: [],
}
