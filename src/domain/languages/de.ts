import type { Language } from '../words.ts'

/** The German texts. */
export const de: Language = {
  words: {
    tag: 'de',
    colon: ':',
    quote: '„{}“',
    day: (written) => written,
    time: (written) => `${written}\u00a0Uhr`,
    correction: 'Korrektur',
    page: {
      skip: 'Zum Inhalt springen',
      home: 'Zur Startseite',
      subscribe: 'Abonnieren',
      empty: 'Zurzeit gibt es keine Artikel.',
      by: 'Von',
      source: 'Quelle:',
      published: 'Veröffentlicht am',
      updated: 'Aktualisiert am',
      credit: 'Foto:',
      summaryOnly: 'Von diesem Artikel darf hier nur die Zusammenfassung erscheinen.',
      readOn: (host) => `Den Artikel auf ${host} lesen`,
      attachments: 'Dateien zum Artikel',
      topics: 'Themen',
      newTab: '(öffnet sich in einem neuen Tab)',
      license: 'Lizenz',
      address: 'Adresse dieses Artikels:',
      folders: { sections: 'Ressort', tags: 'Thema', authors: 'Artikel von' },
      apologies: {
        404: {
          title: 'Seite nicht gefunden',
          detail: 'Vielleicht enthält die Adresse einen Tippfehler, oder die Seite ist umgezogen.',
        },
        410: {
          title: 'Dieser Artikel ist nicht mehr verfügbar',
          detail: 'Die Redaktion hat ihn zurückgezogen.',
        },
        503: {
          title: 'Der Dienst ist zurzeit gestört',
          detail: 'Wir arbeiten daran. Bitte versuchen Sie es in einigen Minuten noch einmal.',
        },
      },
    },
    feed: {
      kind: (format) => (format.endsWith('Feed') ? format : `${format}-Feed`),
      explanation:
        'Diese Adresse ist ein Feed. Fügen Sie sie Ihrem Feedreader hinzu: Dort erscheint jeder Artikel, sobald er veröffentlicht ist, ohne Konto und ohne E-Mail.',
      address: 'Adresse des Feeds zum Kopieren',
      raw: 'Den Feed im Original anzeigen',
      otherFormats: 'Derselbe Feed als',
      open: 'In einem Feedreader öffnen',
      application: 'App auf diesem Gerät',
      own: 'Miniflux oder FreshRSS unter eigener Adresse',
      ownAddress: 'Adresse Ihres Feedreaders',
      ownExample: 'lesen.example.org',
      ownShow: 'Links anzeigen',
      ownUnknown: 'Diese Adresse ist nicht lesbar. Schreiben Sie zum Beispiel lesen.example.org.',
      subscribeIn: (reader, host) => `${reader} auf ${host}`,
      newest: 'Neueste Artikel',
      older: 'Artikel aus diesem Teil des Feeds',
      all: 'Alle Feeds',
      directory: 'Abonnieren',
      directoryExplanation:
        'Wählen Sie, was Sie verfolgen möchten, und fügen Sie den Feed Ihrem Feedreader hinzu: Dort erscheinen die Artikel, sobald sie veröffentlicht sind, ohne Konto und ohne E-Mail.',
      folders: { sections: 'Ressorts', tags: 'Themen', authors: 'Autorinnen und Autoren' },
      everything: 'Alle Artikel',
      startingAt: (folder, name) => `${folder} ab „${name}“`,
      more: {
        sections: 'Weitere Ressorts',
        tags: 'Weitere Themen',
        authors: 'Weitere Autorinnen und Autoren',
      },
      initials: {
        sections: 'Ressorts nach Anfangsbuchstaben',
        tags: 'Themen nach Anfangsbuchstaben',
        authors: 'Autorinnen und Autoren nach Anfangsbuchstaben',
      },
      opml: 'Alle diese Feeds in einer Datei (OPML)',
      opmlExplanation: 'Ihr Feedreader kann sie importieren.',
      nothing: 'Mehr gibt es hier nicht.',
      contact: 'Sie programmieren einen Feedreader? Fragen und Probleme:',
    },
    hub: {
      title: 'Meldungen für Feedreader',
      explanation:
        'Diese Adresse ist der WebSub-Hub der Website: Feedreader melden sich hier an und erhalten jede Änderung, sobald sie veröffentlicht ist. Sie müssen hier nichts tun. Um der Website zu folgen, fügen Sie einen ihrer Feeds Ihrem Feedreader hinzu.',
      choose: 'Einen Feed auswählen',
      developers: 'Für alle, die einen Feedreader programmieren',
      request:
        'Diese Anfrage abonniert einen Feed für eine Callback-Adresse. Das Thema ist die Adresse, die der Feed als „self“ nennt, genau so, wie er sie schreibt.',
      answer:
        'Der Hub bittet die Callback-Adresse um eine Bestätigung und sendet ihr dann nach jeder Änderung den ganzen Feed.',
      specification: 'Die WebSub-Spezifikation (auf Englisch)',
    },
    share: {
      group: 'Diesen Artikel teilen',
      verbs: {
        shareOn: 'Auf {} teilen',
        shareIn: 'In {} teilen',
        sendVia: 'Per {} senden',
        sendBy: 'Per {} senden',
        saveTo: 'In {} speichern',
      },
      names: { email: 'E-Mail', sms: 'SMS', copyLink: 'Link kopieren', qrCode: 'QR-Code' },
      notes: {
        fediverse: 'Fediverse',
        atWork: 'beruflich',
        withText: 'mit Text',
        yourServer: 'Ihr Server',
      },
      native: 'Teilen\u00a0…',
      print: 'Drucken',
      copied: 'Link kopiert',
      more: 'Mehr\u00a0…',
      allWays: '(alle Möglichkeiten zum Teilen)',
      server: 'Adresse Ihres Servers:',
      go: 'Weiter',
      byHand: 'Link zum Kopieren:',
      menu: 'Teilen',
      groups: {
        show: 'In Netzwerken',
        send: 'An jemanden',
        keep: 'Für später',
        take: 'Der Link selbst',
      },
      shortLink: 'Kurzlink',
      qr: 'QR-Code dieses Artikels',
      scan: 'Der Code führt zum selben Artikel, auf dem Handy oder auf Papier.',
      counted:
        'Wir zählen, wie oft am Tag jeder Kurzlink aufgerufen wird und aus welchem Netzwerk. Über die Menschen, die ihn aufrufen, speichern wir nichts.',
    },
  },
  // The list of German function words omits `der`, `die` and `den`, because Danish, Afrikaans and Swedish have these words as well.
  functionWords:
    'das dem und ist nicht mit von zu zum zur auf für ein eine einen einem einer sich auch wird werden wurde wurden sind haben nach aus im bei über dass',
  deskName:
    /^(?:(?:die |unsere )?[\p{L}-]*redaktion(?: .*)?|[\p{L}\p{N}-]+[- ]redaktion|(?:das )?ressort .*)$/iu,
  asInEnglish: [],
}
