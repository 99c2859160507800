import type { Words } from '../words.ts'

type LinkWords = Pick<Words['notify'], 'alreadyConfirmed' | 'erasedRequest' | 'expired' | 'invalid'>

/** What the pages say at links of mails that do nothing any more, by language. */
export const linkWords = {
  fr: {
    alreadyConfirmed: {
      title: 'Déjà confirmé',
      detail:
        'Il ne reste rien à faire\u00a0: ce lien sert une seule fois. La page de votre inscription permet de la modifier et d’y mettre fin\u00a0; chaque message contient un lien vers elle.',
    },
    expired: {
      title: 'Ce lien n’est plus valide',
      detail:
        'Le lien d’une confirmation est valide 48 heures, et celui d’une nouvelle adresse seulement tant que vous n’en demandez pas une autre. Inscrivez-vous de nouveau\u00a0; pour changer d’adresse, utilisez un lien de l’un de nos messages.',
    },
    erasedRequest: {
      title: 'Ce lien n’est plus valide',
      detail:
        'Entre-temps, l’inscription a pris fin ou l’adresse a été effacée\u00a0: il ne reste rien à confirmer, et nous n’envoyons plus rien. Si vous le souhaitez, vous pouvez vous inscrire de nouveau.',
    },
    invalid: {
      title: 'Ce lien n’est pas valide',
      detail:
        'Ouvrez plutôt celui du dernier message que vous avez reçu. Si votre inscription a pris fin il y a plus de 60 jours, il n’en reste rien.',
    },
  },
  en: {
    alreadyConfirmed: {
      title: 'Already confirmed',
      detail:
        'There is nothing left to do: this link works once. On the page of your subscription you can change and end it; each message has a link to that page.',
    },
    expired: {
      title: 'This link is no longer valid',
      detail:
        'The link of a confirmation is valid for 48 hours, and the one for a new address also only until you ask for another one. Please subscribe again; to change your address, use a link in one of our messages.',
    },
    erasedRequest: {
      title: 'This link is no longer valid',
      detail:
        'Since then, the subscription has ended or the address was erased: nothing is left to confirm, and we send nothing more. If you wish, you can subscribe again.',
    },
    invalid: {
      title: 'This link is not valid',
      detail:
        'Please open the one in the newest message that you have received. If your subscription ended more than 60 days ago, nothing is left of it.',
    },
  },
  de: {
    alreadyConfirmed: {
      title: 'Schon bestätigt',
      detail:
        'Es bleibt nichts zu tun: Dieser Link gilt einmal. Auf der Seite Ihres Abonnements können Sie es ändern und beenden; jede Nachricht enthält einen Link dorthin.',
    },
    expired: {
      title: 'Dieser Link ist nicht mehr gültig',
      detail:
        'Der Link einer Bestätigung gilt 48 Stunden lang, und der für eine neue Adresse nur, solange Sie keine andere angeben. Bitte abonnieren Sie noch einmal; um die Adresse zu ändern, öffnen Sie einen Link in einer unserer Nachrichten.',
    },
    erasedRequest: {
      title: 'Dieser Link ist nicht mehr gültig',
      detail:
        'Inzwischen ist das Abonnement beendet oder die Adresse gelöscht: Es gibt nichts mehr zu bestätigen, und wir senden nichts mehr. Wenn Sie möchten, können Sie noch einmal abonnieren.',
    },
    invalid: {
      title: 'Dieser Link ist nicht gültig',
      detail:
        'Bitte öffnen Sie den Link in der neuesten Nachricht, die Sie erhalten haben. Wenn Ihr Abonnement vor mehr als 60 Tagen geendet hat, ist davon nichts mehr da.',
    },
  },
} satisfies Record<string, LinkWords>
