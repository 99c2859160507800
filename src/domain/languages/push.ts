import type { NotifyPushWords } from '../words.ts'

/** The texts about notifications in a browser, in each language. The files of the languages name them. */
export const pushWords = {
  de: {
    inBrowser: 'In diesem Browser',
    both: 'Per E-Mail oder im Browser',
    withoutAddress: 'Oder ohne Adresse:',
    title: 'In diesem Browser abonnieren',
    bothTitle: 'Per E-Mail oder im Browser abonnieren',
    explanation:
      'Wählen Sie, worüber dieser Browser Sie benachrichtigt, sofort bei Erscheinen oder gesammelt in einer Nachricht.',
    bothExplanation:
      'Wählen Sie, was Sie erhalten möchten. Die Artikel kommen per E-Mail oder als Benachrichtigung dieses Browsers zu Ihnen, sofort bei Erscheinen oder gesammelt in einer Nachricht.',
    consent: (site) =>
      `Mit der Schaltfläche „In diesem Browser benachrichtigen“ willigen Sie ein, dass ${site} Ihnen Benachrichtigungen über das sendet, was Sie angekreuzt haben. Sie können diese Einwilligung jederzeit widerrufen, auf dieser Seite oder in den Einstellungen des Browsers.`,
    kept: 'Wir speichern die Adresse, die der Benachrichtigungsdienst Ihres Browsers uns gibt, Ihre Auswahl, Ihre Sprache und den Nachweis Ihrer Einwilligung. Sie dienen nur diesen Benachrichtigungen und werden gelöscht, wenn Sie sie beenden.',
    done: 'Fertig: Dieser Browser benachrichtigt Sie.',
    denied:
      'Dieser Browser blockiert die Benachrichtigungen dieser Website. Erlauben Sie sie in seinen Einstellungen, und versuchen Sie es noch einmal.',
    failed: 'Dieser Browser konnte nicht angemeldet werden. Versuchen Sie es später noch einmal.',
    already: 'Dieser Browser benachrichtigt Sie bereits. Was Sie hier ankreuzen, kommt hinzu.',
    manage: 'Auswahl ändern, pausieren oder beenden',
    unavailable:
      'Nötig ist ein Browser, der JavaScript ausführt und Benachrichtigungen anzeigt. Auf einem iPhone oder iPad fügen Sie diese Website zuerst zum Home-Bildschirm hinzu.',
    ended: {
      title: 'Die Benachrichtigungen sind beendet',
      detail:
        'Dieser Browser benachrichtigt Sie nicht mehr, und was dafür nötig war, ist gelöscht. Eine Nachricht, die schon unterwegs ist, kann noch erscheinen.',
    },
    why: (day) => `Dieser Browser benachrichtigt Sie über unsere Artikel, wie am ${day} gewünscht.`,
    group: '# neue Artikel',
    more: (articles) => `Mehr als ${articles} neue Artikel`,
    withdrawn: {
      title: 'Artikel zurückgezogen',
      detail: 'Ein Artikel, über den dieser Browser Sie benachrichtigt hatte, wurde zurückgezogen.',
    },
  },
  en: {
    inBrowser: 'In this browser',
    both: 'By email or in the browser',
    withoutAddress: 'Or without an address:',
    title: 'Subscribe in this browser',
    bothTitle: 'Subscribe by email or in the browser',
    explanation: 'Choose what this browser tells you about, as soon as it is published or in one message.',
    bothExplanation:
      'Choose what you want to receive. Articles reach you by email or as notifications of this browser, as soon as they are published or together in one message.',
    consent: (site) =>
      `By the button “Notify me in this browser”, you agree that ${site} sends you notifications about what you have ticked. You can withdraw this consent at any time, on this page or in the settings of the browser.`,
    kept: 'We keep the address that the notification service of your browser gives us, your choices, your language and the proof of your consent. They serve only for these notifications, and are erased when you end them.',
    done: 'Done: this browser will notify you.',
    denied: 'This browser blocks the notifications of this site. Allow them in its settings, then try again.',
    failed: 'This browser could not be subscribed. Try again later.',
    already: 'This browser notifies you already. What you tick here is added.',
    manage: 'Change my choices, pause or end',
    unavailable:
      'You need a browser that runs JavaScript and shows notifications. On an iPhone or iPad, add this site to the home screen first.',
    ended: {
      title: 'The notifications have ended',
      detail:
        'This browser notifies you no more, and what this needed is erased. A message that is already on its way may still appear.',
    },
    why: (day) => `This browser notifies you of our articles, as you asked on ${day}.`,
    group: '# new articles',
    more: (articles) => `More than ${articles} new articles`,
    withdrawn: {
      title: 'Article withdrawn',
      detail: 'An article of which this browser had notified you was withdrawn.',
    },
  },
  fr: {
    inBrowser: 'Dans ce navigateur',
    both: 'Par courriel ou dans le navigateur',
    withoutAddress: 'Ou sans adresse\u00a0:',
    title: 'S’inscrire dans ce navigateur',
    bothTitle: 'S’inscrire par courriel ou dans le navigateur',
    explanation: 'Choisissez ce dont ce navigateur doit vous aviser, dès la parution ou en un seul message.',
    bothExplanation:
      'Choisissez ce que vous voulez recevoir. Les articles vous arrivent par courriel ou en notifications de ce navigateur, dès leur parution ou réunis en un seul message.',
    consent: (site) =>
      `Par le bouton «\u00a0Me notifier dans ce navigateur\u00a0», vous acceptez que ${site} vous envoie des notifications sur ce que vous avez coché. Vous pouvez retirer cet accord à tout moment, sur cette page ou dans les réglages du navigateur.`,
    kept: 'Nous conservons l’adresse que le service de notifications de votre navigateur nous donne, vos choix, votre langue et la preuve de votre accord. Ils servent uniquement à ces envois, et sont effacés quand vous y mettez fin.',
    done: 'C’est fait\u00a0: ce navigateur vous avisera.',
    denied:
      'Ce navigateur bloque les notifications de ce site. Permettez-les dans ses réglages, puis recommencez.',
    failed: 'Ce navigateur n’a pas pu s’inscrire. Recommencez plus tard.',
    already: 'Ce navigateur vous avise déjà. Ce que vous cochez ici s’ajoute.',
    manage: 'Changer mes choix, mettre en pause ou mettre fin',
    unavailable:
      'Il faut un navigateur qui exécute JavaScript et qui affiche des notifications. Sur un iPhone ou un iPad, ajoutez d’abord ce site à l’écran d’accueil.',
    ended: {
      title: 'Les notifications ont pris fin',
      detail:
        'Ce navigateur ne vous avise plus, et ce que nous conservions pour cela est effacé. Un message déjà en route peut encore s’afficher.',
    },
    why: (day) => `Ce navigateur vous avise de nos articles, comme vous l’avez demandé le ${day}.`,
    group: '# nouveaux articles',
    more: (articles) => `Plus de ${articles} nouveaux articles`,
    withdrawn: {
      title: 'Article retiré',
      detail: 'Un article dont ce navigateur vous avait avisé a été retiré.',
    },
  },
} satisfies Record<string, NotifyPushWords>
