import type { Language } from '../words.ts'
import { commentWords } from './comments.ts'
import { linkWords } from './links.ts'
import { mailWords } from './mail.ts'
import { pushWords } from './push.ts'

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
        429: {
          title: 'Zu viele Anfragen auf einmal',
          detail: 'Bitte warten Sie einige Minuten, und versuchen Sie es noch einmal.',
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
    notify: {
      title: 'Per E-Mail abonnieren',
      explanation:
        'Wählen Sie, was Sie erhalten möchten. Die Artikel kommen per E-Mail zu Ihnen, sobald sie veröffentlicht sind oder gesammelt in einer Nachricht.',
      subscribe: 'Abonnieren',
      byEmail: 'Per E-Mail',
      tellMe: 'Mich benachrichtigen über\u00a0…',
      browser: 'In diesem Browser benachrichtigen',
      moreChoices: 'Mehr zur Auswahl',
      what: 'Was möchten Sie erhalten?',
      of: {
        sections: (name) => `Artikel im Ressort ${name}`,
        tags: (name) => `Artikel zum Thema „${name}“`,
        authors: (name) => `Artikel von ${name}`,
      },
      correctionsOf: (title) => `Korrekturen zum Artikel „${title}“`,
      correctionsHere: 'Korrekturen zu diesem Artikel',
      elsewhere: 'Fehlt ein Name? Sie können ihn am Ende jedes zugehörigen Artikels auswählen.',
      email: 'Ihre E-Mail-Adresse',
      emailExample: 'name@beispiel.org',
      when: 'Wie oft?',
      schedules: { now: 'Sofort bei Erscheinen', daily: 'Einmal am Tag', weekly: 'Einmal in der Woche' },
      consent: (site) =>
        `Mit dem Absenden dieses Formulars willigen Sie ein, dass ${site} Ihnen per E-Mail sendet, was Sie ausgewählt haben. Sie können diese Einwilligung jederzeit widerrufen, über einen Link in jeder Nachricht.`,
      kept: 'Wir speichern Ihre Adresse, Ihre Auswahl, Ihre Sprache und den Nachweis Ihrer Einwilligung, nur für diese Nachrichten. Wenn Sie sich abmelden, werden Adresse, Auswahl und Nachweis gelöscht. Über den Link in jeder Nachricht können Sie sie auch einsehen, berichtigen und exportieren.',
      abroad:
        'Der Betreiber der Server und der Dienst, der die Nachrichten zustellt, können diese Daten außerhalb Ihres Landes verarbeiten.',
      responsible: 'Verantwortlich für diese Daten:',
      wrong: {
        email:
          'Diese Adresse ist unvollständig oder nicht lesbar. Schreiben Sie zum Beispiel name@beispiel.org.',
        selection: 'Wählen Sie mindestens einen Eintrag aus.',
        invalid: 'Einen Eintrag oder diesen Rhythmus gibt es nicht: Bitte wählen Sie neu.',
        tooMany: 'Ein Abonnement kann höchstens 50 Einträge haben: Wählen Sie einige ab.',
      },
      asked: {
        title: 'Sehen Sie in Ihr Postfach',
        detail:
          'Bei Ihrer Adresse trifft in wenigen Minuten eine Nachricht ein, oder innerhalb einer Stunde, wenn dort gerade eine ankam. Öffnen Sie den Link darin, um zu bestätigen: Ohne Ihre Bestätigung ändert sich nichts. Der Link ist 48 Stunden gültig.',
      },
      askedInVain:
        'Eine Adresse erhält höchstens eine Nachricht pro Stunde. Kam in der letzten Stunde schon eine an, gilt deren Link, und was Sie seither hinzugefügt haben, folgt nach Ablauf der Stunde in einer weiteren. Es kommt nichts an? Sehen Sie im Spam-Ordner nach. Sonst versuchen Sie es in einer Stunde noch einmal.',
      confirm: {
        title: 'Abonnement bestätigen',
        detail: 'Sie erhalten per E-Mail:',
        action: 'Bestätigen',
        full: 'Ein Abonnement kann höchstens 50 Einträge haben, und mit diesen hätte es mehr. Entfernen Sie zuerst einige auf seiner Seite, und öffnen Sie dann diesen Link noch einmal.',
      },
      confirmAddress: {
        title: 'Neue Adresse bestätigen',
        detail: 'Alles, was Sie ausgewählt haben, kommt von nun an bei dieser Adresse an.',
        action: 'Adresse bestätigen',
        joined:
          'Diese Adresse hat schon ein Abonnement. Aus beiden wird eines, mit allen Auswahlen; bei einer gemeinsamen bleibt der Rhythmus dieser Adresse.',
      },
      ...linkWords.de,
      manage: 'Ihr Abonnement',
      why: (day, email) =>
        `Sie erhalten unsere Nachrichten an die Adresse ${email}, wie Sie es am ${day} gewünscht haben.`,
      since: (day) => `seit dem ${day}`,
      choices: 'Ihre Auswahl',
      addChoices: 'Auswahl ergänzen',
      save: 'Speichern',
      saved: 'Ihre Auswahl ist gespeichert.',
      confirmed: 'Ihr Abonnement ist bestätigt.',
      paused: 'Der Versand ist unterbrochen: Zurzeit erhalten Sie nichts.',
      pause: 'Versand unterbrechen',
      resume: 'Versand wieder aufnehmen',
      lastChoice:
        'Nichts hat sich geändert: Behalten Sie mindestens einen Eintrag. Wenn Sie nichts mehr erhalten möchten, nutzen Sie unten „Abmelden“.',
      resumed: 'Sie erhalten wieder Nachrichten.',
      changeAddress: {
        title: 'Adresse ändern',
        detail:
          'Wir senden eine Nachricht dorthin, die um Ihre Bestätigung bittet. Bis dahin kommen die Nachrichten weiter an die bisherige Adresse.',
        label: 'Neue E-Mail-Adresse',
        action: 'Diese Adresse verwenden',
      },
      addressAsked:
        'Eine Nachricht, die um Ihre Bestätigung bittet, trifft bei der neuen Adresse in wenigen Minuten ein, oder innerhalb einer Stunde, wenn dort gerade eine ankam. Öffnen Sie den Link darin. Kommt nichts an, versuchen Sie es in einer Stunde noch einmal.',
      addressKept:
        'Ihre Nachrichten kommen schon an dieser Adresse an, und dabei bleibt es: Wir haben nichts gesendet.',
      addressChanged: 'Ihre neue Adresse ist bestätigt.',
      exported: {
        title: 'Meine Daten exportieren',
        detail: 'Eine JSON-Datei enthält alles, was wir über Sie gespeichert haben.',
      },
      end: {
        title: 'Abmelden',
        detail: 'Sie erhalten nichts mehr von allem, was Sie ausgewählt haben.',
        action: 'Jetzt abmelden',
      },
      erase: {
        title: 'Meine Daten löschen',
        detail:
          'Ihr Abonnement endet, und alles, woran man Sie erkennen könnte, wird gelöscht. Es bleibt ein nicht lesbarer Fingerabdruck, damit keine Sicherung das Abonnement zurückbringt. Das lässt sich nicht rückgängig machen.',
        action: 'Alles löschen\u00a0…',
        confirm: 'Ja, alles löschen',
      },
      ended: {
        title: 'Sie sind abgemeldet',
        detail:
          'Ihre Adresse ist gelöscht, und wir senden Ihnen nichts mehr. Eine Nachricht, die schon unterwegs ist, kann noch ankommen.',
      },
      erased: {
        title: 'Ihre Daten sind gelöscht',
        detail:
          'Ihr Abonnement ist beendet, und nichts von dem, was bleibt, verweist auf Sie: Ein nicht lesbarer Fingerabdruck verhindert nur, dass eine Sicherung es zurückbringt. Eine Nachricht, die schon unterwegs ist, kann noch ankommen.',
      },
      mail: mailWords.de,
      push: pushWords.de,
    },
    comments: commentWords.de,
  },
  // The list of German function words omits `der`, `die` and `den`, because Danish, Afrikaans and Swedish have these words as well.
  functionWords:
    'das dem und ist nicht mit von zu zum zur auf für ein eine einen einem einer sich auch wird werden wurde wurden sind haben nach aus im bei über dass',
  deskName:
    /^(?:(?:die |unsere )?[\p{L}-]*redaktion(?: .*)?|[\p{L}\p{N}-]+[- ]redaktion|(?:das )?ressort .*)$/iu,
  asInEnglish: [],
}
