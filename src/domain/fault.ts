const name = 'StoreFault'

/** Creates the error for a store that failed or did not answer in time. */
export function storeFault(method: string, cause: unknown): Error {
  const fault = new Error(`The store failed at ${method}: ${String(cause)}`, { cause })
  fault.name = name
  return fault
}

export const isStoreFault = (fault: unknown): boolean => fault instanceof Error && fault.name === name

/** What an editor must know if the import of a backup is not complete. */
export const openImportMessage =
  'the import of a backup is not complete; import the same backup again, or end the import with `npx kiosque restored`'

/** Whether the store refused a save because the import of a backup is not complete (migration 0019). */
export const isImportOpen = (fault: unknown): boolean => String(fault).includes('refused: restoring')
