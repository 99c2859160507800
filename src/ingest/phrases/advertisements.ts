/**
 * Labels of advertisements. Advertisements interrupt an article, so a label of an advertisement, unlike other
 * page furniture, does not mark the end of the article.
 */
export const advertisements = [
  'publicité',
  'annonce',
  'contenu commandité',
  'la suite sous la publicité',
  'l’article se poursuit sous la publicité',
  'la suite après cette publicité',
  'advertisement',
  'advertisement - continue reading below',
  'sponsored content',
  'story continues below',
  'story continues below advertisement',
  'article continues below',
  'article continues below advertisement',
  'article continues after this advertisement',
  'la suite après la publicité',
  'l’article continue après la publicité',
  'lire la suite après la publicité',
  'anzeige',
  'werbung',
  'advertorial',
  'sponsored',
  'publicidad',
  'anuncio',
  'reklama',
  'continúa después de la publicidad',
  'sigue leyendo debajo',
]
