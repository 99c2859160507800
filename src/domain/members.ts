/** The members that have a value, in their order; so that equal things are spelt alike. */
export function withoutBlanks<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}
