/**
 * The names of the months in English, French, German, Spanish, Italian and Portuguese, the English one first, January first,
 * without accents.
 */
const months = [
  'january janvier januar janner enero gennaio janeiro jan janv ene gen',
  'february fevrier februar febrero febbraio fevereiro feb fevr fev febr',
  'march mars marz maerz marzo marco mar mrz',
  'april avril abril aprile apr avr abr',
  'may mai mayo maggio maio mag',
  'june juin juni junio giugno junho jun giu',
  'july juillet juli julio luglio julho jul juil juill lug',
  'august aout agosto aug ago',
  'september septembre septiembre setiembre settembre setembro sept sep set sett',
  'october octobre oktober octubre ottobre outubro oct okt ott',
  'november novembre noviembre novembro nov',
  'december decembre dezember diciembre dicembre dezembro dec dez dic',
]

/** The names of the days of the week, Sunday first, without accents. */
const weekdays = [
  'sunday sun dimanche dim sonntag so domingo dom domenica',
  'monday mon lundi lun montag mo lunes lunedi segunda segunda-feira seg',
  'tuesday tues tue mardi mar dienstag di martes martedi terca terca-feira ter',
  'wednesday wed mercredi mer mittwoch mi miercoles mie mercoledi quarta quarta-feira qua',
  'thursday thurs thur thu jeudi jeu donnerstag do jueves jue giovedi gio quinta quinta-feira qui',
  'friday fri vendredi ven freitag fr viernes vie venerdi sexta sexta-feira sex',
  'saturday sat samedi sam samstag sa sonnabend sabado sab sabato',
]

const numbersOf = (names: readonly string[], first: number): ReadonlyMap<string, number> =>
  new Map(names.flatMap((line, at) => line.split(' ').map((name) => [bare(name), at + first] as const)))

/** Writes a word in lower case and without accents: `Février` as `fevrier`. */
export const bare = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')

/** The number of a month, 1 to 12, by each of its names as `bare` writes them. */
export const monthNumbers = numbersOf(months, 1)

/** The number of a day of the week, Sunday being 0, by each of its names as `bare` writes them. */
export const weekdayNumbers = numbersOf(weekdays, 0)

/** A name may be shortened to this number of letters. */
const minLetters = 3

const isBeginning = (word: string, name: string): boolean =>
  word.length >= minLetters && name.startsWith(word)

/**
 * Returns the number of a month, 1 to 12, for one of its names in any of these languages, or for the first three or more
 * letters of its English name; undefined for any other word.
 */
export function monthOf(word: string): number | undefined {
  const name = bare(word)
  const at = months.findIndex((line) => isBeginning(name, line.slice(0, line.indexOf(' '))))
  return monthNumbers.get(name) ?? (at === -1 ? undefined : at + 1)
}

/**
 * Returns the number of a day of the week, Sunday being 0, for one of its names in any of these languages, or for the first
 * three or more letters of such a name; undefined for any other word.
 */
export function weekdayOf(word: string): number | undefined {
  const name = bare(word)
  const at = weekdays.findIndex((line) => line.split(' ').some((known) => isBeginning(name, known)))
  return weekdayNumbers.get(name) ?? (at === -1 ? undefined : at)
}

/**
 * What pages write before the date of a publication, as the alternatives of a regular expression. A letter without an
 * accent also stands for the accented letter, because `bare` is applied to the line.
 */
export const publishedLabels = [
  'publiee?s?(?: initialement| originellement)?',
  'date de (?:premiere )?publication|premiere publication|publication',
  'paru(?:e|tion)?',
  '(?:mise?|mis) en ligne',
  'ecrit|redige|cree',
  '(?:first |originally )?(?:published|posted|created)',
  '(?:date )?(?:published|posted)(?: online)?',
  'publication date|publish date|issued|online since',
  'publicad[oa]|fecha(?: de publicacion)?|creado',
  'pubblicat[oa]|data(?: d[ie] (?:pubblicazione|publicacao))?',
  'veroffentlicht|erschienen|erstellt|publiziert|datum|online seit',
  'date',
]

/** What pages write before the date of an update, as the alternatives of a regular expression. */
export const updatedLabels = [
  '(?:derniere )?(?:mise? a jour|misea?jour|modification|actualisation)|maj',
  '(?:modifiee?|actualisee?|corrigee?)s?',
  '(?:(?:last|most recently) )?(?:updated|modified|edited|revised|changed)|last update|update',
  '(?:zuletzt )?(?:aktualisiert|geandert|bearbeitet|uberarbeitet)|aktualisierung|letzte (?:aktualisierung|anderung)|stand',
  '(?:ultima )?(?:actualizacion|modificacion)|(?:actualizad|modificad)[oa]',
  '(?:ultimo )?aggiornamento|aggiornat[oa]|modificat[oa]|(?:ultima )?atualizacao|atualizad[oa]',
]

/** Words of languages that write the day before the month, each without accents. One of them in a line decides. */
const dayFirstWords = new Set(
  `publie publiee publies le de mis mise jour modifie modifiee derniere modification heure heures
   lundi mardi mercredi jeudi vendredi samedi dimanche
   uhr den um stand veroffentlicht aktualisiert zuletzt erschienen
   montag dienstag mittwoch donnerstag freitag samstag sonntag
   el publicado publicada actualizado actualizada fecha horas lunes martes miercoles jueves viernes sabado domingo`.split(
    /\s+/,
  ),
)

/** Languages whose dates begin with the day in every country. */
const dayFirstLanguages = new Set(['fr', 'de', 'es', 'it', 'pt', 'nl', 'ca', 'gl', 'da', 'nb', 'pl', 'tr'])

/** Those of these languages in which people also write the time with twelve hours. */
const twelveHourLanguages = new Set(['es', 'pt', 'ca', 'gl'])

/**
 * Tells whether a line has a time with twelve hours, which is not usual in its language: the line was then probably written
 * by a program for English, and its date may begin with the month.
 */
const hasForeignClock = (language: string, line: string): boolean =>
  /\d\s?[ap]\.?\s?m\b/iu.test(line) && !twelveHourLanguages.has(language)

/** Countries in which English dates in digits begin with the day. In Canada both orders are in use. */
const dayFirstCountries = new Set(['au', 'gb', 'hk', 'ie', 'in', 'ke', 'ng', 'nz', 'sg', 'za'])

/**
 * Tells in which order a text writes day and month in digits, by its language tag, else by the words in the line
 * (as `bare` writes them); undefined if neither decides.
 */
export function orderOf(language: string | undefined, line: string): 'day-first' | 'month-first' | undefined {
  const [name = '', ...others] = language?.toLowerCase().split('-') ?? []
  const country = others.find((part) => part.length === 2)
  if (dayFirstLanguages.has(name)) return hasForeignClock(name, line) ? undefined : 'day-first'
  if (name === 'en' && country !== undefined && dayFirstCountries.has(country)) return 'day-first'
  if (name === 'en') return country === 'us' ? 'month-first' : undefined
  return line.split(/[^\p{L}]+/u).some((word) => dayFirstWords.has(word)) ? 'day-first' : undefined
}
