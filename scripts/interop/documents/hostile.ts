/**
 * Texts that a title, a name or a summary may be, and that programs misread: text that looks like markup, like an escape
 * or like a delimiter, characters outside the first plane, control characters, and writing from right to left.
 */
export const hostileTexts: Readonly<Record<string, string>> = {
  'open-tag': 'Le chevron <x ouvre',
  'known-tag': 'La balise <br> coupe',
  'unknown-tag': 'La balise <nuage> flotte',
  'closed-tag': 'Un mot <b>x</b> en gras',
  'unknown-closed-tag': 'Un mot <nuage>x</nuage> en l’air',
  script: 'Pourquoi <script>alert(1)</script> reste du texte',
  comment: 'Une remarque <!-- x --> cachée',
  declaration: 'Un <!DOCTYPE html> et un <?xml version="1.0"?>',
  entity: 'Le code &amp; du texte',
  'two-entities': 'Le code &amp;amp; et &lt;b&gt;',
  'entity-and-tag': 'La balise <script>, le code &amp; et la fin ]]>',
  'named-entity': 'Le code &eacute; et &copy du texte',
  'decimal-reference': 'Le code &#60; du texte',
  'hexadecimal-reference': 'Le code &#x3C; du texte',
  ampersand: 'Chats & chiens',
  'ampersand-in-word': 'AT&T et R&D',
  'ampersand-at-end': 'Chats &',
  less: 'a < b et c > d',
  'less-and-letter': 'Si a<b alors',
  'section-end': 'La fin ]]> d’une section <![CDATA[ ouverte',
  quotes: 'Un "simple" mot d\'ordre « juste »',
  emoji: 'La famille 👨‍👩‍👧‍👦 et le drapeau 🏳️‍🌈',
  'next-line': 'Une fin\u0085de ligne \u0091citée\u0092',
  'right-to-left': 'Le mot שלום et السلام \u202eà l’envers\u202c',
  spaces: '10\u202f000 habitants\u00a0: « vrai\u00a0»',
  separators: 'Une fin\u2028de ligne',
}
