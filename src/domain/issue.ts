/**
 * One invalid field of a request or of a stored row: `field` is its path, with dots between names, and `reason`
 * says how to correct it.
 */
export interface Issue {
  field: string
  reason: string
}
