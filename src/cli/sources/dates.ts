import { partsOf } from '../../ingest/date.ts'

/**
 * Converts a date as feeds write it to RFC 3339: `Wed, 19 Jun 2024 08:00:00 EDT`, `2024-06-19 08:00 -0400`. A date without a
 * time is a day (`2024-06-19`). A time without a zone is UTC, and so is a time with an unknown zone (RFC 2822 §4.3). Other text
 * is returned unchanged, so that the validation of articles reports it.
 */
export function instantOf(text: string): string {
  const parts = partsOf(text)
  if (!parts) return text
  const { day, time, zone = 'Z' } = parts
  if (time === undefined) return day
  return `${day}T${time}${/^(?:Z|[+-]\d{2}:\d{2})$/.test(zone) ? zone : 'Z'}`
}

/**
 * Returns the dates of an article. If the date of the last change is before the publication, it is left out, so
 * that `updated` is never before `published`.
 */
export function datesOf(
  published: string | undefined,
  updated: string | undefined,
): { published?: string; updated?: string } {
  if (published === undefined) return updated === undefined ? {} : { published: updated }
  // Of a day alone, `Date` reads the first instant, so a change on a day is not before a publication on this day.
  const isLater = updated !== undefined && Date.parse(updated) > Date.parse(published)
  return isLater ? { published, updated } : { published }
}
