/** How many archives a month can have: a part's number is `yyyymm` times this, and its place in the month, from 1. */
export const archivesPerMonth = 100_000

/** The path of an archive: `{selection}/archive/{yyyy}/{mm}/{n}`. */
export function archivePath(selection: string, archive: number): string {
  const month = Math.floor(archive / archivesPerMonth)
  const mm = String(month % 100).padStart(2, '0')
  return `${selection && `${selection}/`}archive/${Math.floor(month / 100)}/${mm}/${archive % archivesPerMonth}`
}

/** The part that the pieces of an archive's address name, spelt in the one way that `archivePath` spells it. */
export function parseArchive(year: string, month: string, place: string): number | undefined {
  if (!/^[1-9]\d{0,3}$|^0$/.test(year) || !/^(0[1-9]|1[0-2])$/.test(month) || !/^[1-9]\d{0,4}$/.test(place)) {
    return undefined
  }
  return (Number(year) * 100 + Number(month)) * archivesPerMonth + Number(place)
}
