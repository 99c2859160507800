/** Offsets from UTC of the time zones whose abbreviation has one meaning in newspapers. */
export const zoneOffsets: Readonly<Record<string, string>> = {
  AEDT: '+11:00',
  AEST: '+10:00',
  CDT: '-05:00',
  CEST: '+02:00',
  CET: '+01:00',
  EDT: '-04:00',
  EEST: '+03:00',
  EET: '+02:00',
  EST: '-05:00',
  GMT: '+00:00',
  HAA: '-03:00',
  HAC: '-05:00',
  HAE: '-04:00',
  HAP: '-07:00',
  HAR: '-06:00',
  HKT: '+08:00',
  HNA: '-04:00',
  HNC: '-06:00',
  HNE: '-05:00',
  HNP: '-08:00',
  HNR: '-07:00',
  JST: '+09:00',
  KST: '+09:00',
  MDT: '-06:00',
  MESZ: '+02:00',
  MEZ: '+01:00',
  NZDT: '+13:00',
  NZST: '+12:00',
  PDT: '-07:00',
  PST: '-08:00',
  SAST: '+02:00',
  UTC: '+00:00',
  WEST: '+01:00',
  Z: '+00:00',
}

/** Time zones whose offset depends on the season, by how newspapers write them. */
export const seasonalZones: Readonly<Record<string, string>> = {
  CT: 'America/Chicago',
  ET: 'America/New_York',
  Eastern: 'America/New_York',
  HE: 'America/Toronto',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
  "heure de l'Est": 'America/Toronto',
  'heure de Paris': 'Europe/Paris',
}

/**
 * Abbreviations of time zones that have several meanings: IST is the time of India, Israel and Ireland, CST that of
 * Chicago and of China, BST that of London in summer and of Bangladesh.
 */
export const ambiguousZones: ReadonlySet<string> = new Set(['AMT', 'AST', 'BST', 'CST', 'IST', 'MST', 'WST'])

/** The names that dates of e-mail have for UTC, and the ambiguous names to which RFC 822 §5.1 gives one meaning in such dates. */
const mailZones: Readonly<Record<string, string>> = {
  CST: '-06:00',
  GMT: 'Z',
  MST: '-07:00',
  UT: 'Z',
  UTC: 'Z',
  Z: 'Z',
}

/**
 * Returns the offset (`-04:00` or `Z`) of a zone in a date of e-mail or a feed: a name that RFC 822 or newspapers use with one
 * meaning, in small letters or capitals, or digits as in `+02`, `-0400`, `GMT+2` and `UTC+02:00`. Undefined for any other name,
 * such as `BST`.
 */
export const offsetOf = (zone: string): string | undefined =>
  offsetInDigits(zone) ?? mailZones[zone.toUpperCase()] ?? zoneOffsets[zone.toUpperCase()]

/** Returns `+02:00` for `GMT+2`, `UTC+0200`, `+02` and `+02:00`; undefined for a text of another form. */
export function offsetInDigits(zone: string): string | undefined {
  const [, sign, hours = '', minutes = '00'] =
    /^(?:GMT|UTC?)?\s?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(zone) ?? []
  return sign && `${sign}${hours.padStart(2, '0')}:${minutes}`
}
