const name = 'StoreFault'

/** Creates the error for a store that failed or did not answer in time. */
export function storeFault(method: string, cause: unknown): Error {
  const fault = new Error(`The store failed at ${method}: ${String(cause)}`, { cause })
  fault.name = name
  return fault
}

export const isStoreFault = (fault: unknown): boolean => fault instanceof Error && fault.name === name
