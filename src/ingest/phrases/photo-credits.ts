/** What stands before the names of photographers, agencies and illustrators, as the alternatives of a regular expression. */
export const photoLabels = [
  '(?:crédits? )?(?:photos?|photographies?|images?|illustrations?|vidéos?)(?: d.archives)?',
  'crédits?|(?:photo|picture|image) (?:credit|by|courtesy)|featured image|illustration by|file photo',
  '(?:symbol)?(?:bild|foto|fotos|bilder|grafik|symbolfoto)|bildquelle|fotoquelle|archivbild|titelbild|quelle',
  'fotos?|imagen|imágenes|fotografía|crédito|archivo',
  'legend[ea]|légende|caption|bildunterschrift',
]

/** Words in small letters that occur in photo credits: agencies, and words between names. */
export const creditWords = new Set(
  `dpa epa ap afp imago images picture alliance archives archiv archivo courtesy gracieuseté fournie cortesía privat zvg via
   de du des la le les l d von van der den und et and y e by on of for from the par pour via für del los handout`.split(
    /\s+/,
  ),
)

/** What follows the name of an agency or of a photographer in a photo credit. */
export const photoAgencies = [
  'getty images',
  'getty',
  'shutterstock',
  'istock',
  'istockphoto',
  'unsplash',
  'pixabay',
  'pexels',
  'imago',
  'imago images',
  'picture alliance',
  'alamy',
  'adobe stock',
  'ap photo',
  'archives',
  'archiv',
  'archivo',
]
