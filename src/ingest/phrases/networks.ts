/** Names of social networks for which pages have buttons. Alone on a line, such a name may also be a subheading. */
export const networks = [
  'facebook',
  'messenger',
  'twitter',
  'x',
  'x (twitter)',
  'bluesky',
  'mastodon',
  'threads',
  'instagram',
  'linkedin',
  'pinterest',
  'reddit',
  'whatsapp',
  'telegram',
  'tumblr',
  'youtube',
  'tiktok',
  'flipboard',
  'viadeo',
  'xing',
  'pocket',
  'google+',
  'snapchat',
]

/** Words before a network's name on a share button. */
export const networkButtons = [
  'partager sur',
  'partager via',
  'partagez sur',
  'envoyer par',
  'suivez-nous sur',
  'share on',
  'share to',
  'share via',
  'post on',
  'follow us on',
  'teilen auf',
  'teilen via',
  'auf',
  'compartir en',
  'compartir por',
]

/** Words on a share button that stand alone or before a network's name. */
export const soloButtons = ['partager', 'share', 'suivez-nous', 'síguenos en']
