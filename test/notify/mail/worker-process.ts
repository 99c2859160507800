import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The Worker of `mail-worker.ts` in a process of its own. */
export interface WorkerProcess {
  /** Posts JSON to a path of the Worker, and returns the JSON of the answer; rejects with the text of another answer. */
  ask: (path: string, body: unknown) => Promise<unknown>
  /** Everything that the process has printed. */
  printed: () => string
  stop: () => Promise<void>
}

/** Starts the Worker. Its TCP connections trust the given certificates (PEM). */
export async function startWorkerProcess(trusted: readonly string[]): Promise<WorkerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosque-mail-'))
  const file = join(folder, 'trusted.pem')
  writeFileSync(file, trusted.join(''))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-mail-worker.ts')], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // workerd prints an error for each certificate that it refuses, so its errors are shown only if it ends.
  let printed = ''
  const origin = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(printed)))
    const listen = (part: Buffer) => {
      printed += part
      const address = /^address (\S+)$/m.exec(printed)?.[1]
      if (address) resolve(address)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
  })
  return {
    printed: () => printed,
    async ask(path, body) {
      const response = await fetch(origin + path, { method: 'POST', body: JSON.stringify(body) })
      const text = await response.text()
      if (response.status !== 200) throw new Error(text)
      return JSON.parse(text)
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      rmSync(folder, { recursive: true })
    },
  }
}
