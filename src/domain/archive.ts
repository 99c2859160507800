/**
 * The most archives that one month of a selection can have. An archive's number is `yyyymm` times this
 * constant, plus the archive's position in the month, counted from 1.
 */
export const archivesPerMonth = 100_000

/**
 * Returns the path of an archive: `{selection}/archive/{yyyy}/{mm}/{n}`, in which `n` is the archive's position
 * in its month.
 */
export function archivePath(selection: string, archive: number): string {
  const month = Math.floor(archive / archivesPerMonth)
  const mm = String(month % 100).padStart(2, '0')
  return `${selection && `${selection}/`}archive/${Math.floor(month / 100)}/${mm}/${archive % archivesPerMonth}`
}

/**
 * Returns the number of the archive whose address contains this year, month and position; undefined if they are
 * not spelt exactly as `archivePath` spells them.
 */
export function parseArchive(year: string, month: string, place: string): number | undefined {
  if (!/^[1-9]\d{0,3}$|^0$/.test(year) || !/^(0[1-9]|1[0-2])$/.test(month) || !/^[1-9]\d{0,4}$/.test(place)) {
    return undefined
  }
  return (Number(year) * 100 + Number(month)) * archivesPerMonth + Number(place)
}
