import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** The smallest number of characters of a passphrase that encrypts. */
const minCharacters = 12

/** The process, as far as asking for a passphrase needs it. */
type Asking = Pick<NodeJS.Process, 'env'> & {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean }
  stderr: NodeJS.WritableStream & { isTTY?: boolean }
}

/**
 * Returns the passphrase of a file: the variable KIOSQUE_PASSPHRASE, or what a person types on the terminal, which does not show it.
 * It is never an argument, because other users of a machine see the arguments of its processes. To encrypt, it is asked twice.
 */
export async function askPassphrase(process: Asking, use: 'encrypt' | 'decrypt'): Promise<string> {
  const given = process.env.KIOSQUE_PASSPHRASE
  if (given) return checked(given, use)
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new Error(
      `Cannot ${use} the subscribers: no terminal to ask for the passphrase on; put it into the environment as KIOSQUE_PASSPHRASE`,
    )
  const typed = checked(await read(process, 'Passphrase: '), use)
  if (use === 'encrypt' && typed !== (await read(process, 'The same once more: ')))
    throw new Error('Cannot encrypt the subscribers: the two passphrases are not the same')
  return typed
}

function checked(passphrase: string, use: 'encrypt' | 'decrypt'): string {
  if (use === 'encrypt' && passphrase.length < minCharacters)
    throw new Error(
      `Cannot encrypt the subscribers: the passphrase must have at least ${minCharacters} characters`,
    )
  return passphrase
}

/** Reads a line from the terminal without showing it. */
async function read({ stdin, stderr }: Asking, question: string): Promise<string> {
  stderr.write(question)
  const unseen = new Writable({ write: (_, __, done) => done() })
  const terminal = createInterface({ input: stdin, output: unseen, terminal: true })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    stderr.write('\n')
  }
}
