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

/** The largest number of characters of a text in a log line. */
export const maxLogCharacters = 300

/** The largest number of lines of a stack in a log line. */
const maxFrames = 8

/**
 * Describes a fault for the log, without anything that a client may have sent. JavaScript's own errors, such as a
 * SyntaxError, name the value that they refuse, so only the name of such an error is kept; the stack says where it was
 * thrown. The messages of other errors are cleaned (`withoutValues`).
 */
export function describeFault(fault: unknown): { message: string; stack?: string } {
  const message = fault instanceof Error ? messageOf(fault) : `no error, but a ${typeof fault}`
  const stack = framesOf(fault)
  return { message: message.slice(0, maxLogCharacters), ...(stack && { stack }) }
}

function messageOf(fault: unknown): string {
  if (!(fault instanceof Error)) return withoutValues(String(fault))
  if (fault.name === name) return `${name}: ${storeMessage(fault)}`
  if (fault.name === 'Error') return `Error: ${withoutValues(fault.message)}`
  return /^[A-Za-z]+$/.test(fault.name) ? fault.name : '…'
}

/** The message of a fault of the store ends with its cause, which may be an error of any kind. */
function storeMessage({ message, cause }: Error): string {
  const said = String(cause)
  if (!message.endsWith(said)) return withoutValues(message)
  return `${withoutValues(message.slice(0, message.length - said.length))} ${messageOf(cause)}`
}

/** A word that cannot be a value: letters without digits, or a short number. `D1_` begins the messages of D1. */
const plainWord = /^\(?(?:(?:D1_)?[a-z_.-]{1,30}|\d{1,6})[).,:;]*$/i

/**
 * Replaces in a message what may be a value, such as an address, a key or a name: everything from the first quotation
 * mark to the last, and each word that is no plain word. Only the first line of the message is kept.
 */
export function withoutValues(message: string): string {
  const [line = ''] = message.split(/[\n\r]/, 1)
  const marks = [...line.matchAll(/["'`´‘’“”«»]/g)].map(({ index }) => index)
  const [first = line.length] = marks
  const last = marks.length > 1 ? (marks.at(-1) ?? first) : line.length
  const unquoted = line.slice(0, first) + (marks.length > 0 ? ' … ' : '') + line.slice(last + 1)
  const words = unquoted.split(/\s+/).filter((word) => /\w|…|[^\p{P}]/u.test(word))
  return words
    .map((word) => (plainWord.test(word) ? word : '…'))
    .join(' ')
    .replace(/…(?: …)+/g, '…')
}

/**
 * The lines of an error's stack that name functions; undefined if there are none. The stack begins with the message,
 * which may have several lines, so only what follows the whole message is used.
 */
function framesOf(fault: unknown): string | undefined {
  if (!(fault instanceof Error) || typeof fault.stack !== 'string') return undefined
  const at = fault.stack.indexOf(fault.message)
  if (at === -1) return undefined
  const frames = fault.stack.slice(at + fault.message.length).match(/^ +at .{1,200}$/gm) ?? []
  return frames.length === 0 ? undefined : frames.slice(0, maxFrames).join('\n')
}
