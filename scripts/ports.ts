import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * The range of ports to choose from. The range is below the ports that systems use for outgoing connections, so
 * that no such connection takes a port after it was chosen and before it is used.
 */
const [lowest, highest] = [15_000, 30_000]

/** Finds a port on which no process of this machine listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest)
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'))) return port
  }
}

/**
 * Tells whether a port is free on a host address. If the machine does not have this address, for example an
 * IPv6 address, the port counts as free.
 */
async function isFree(port: number, host: string): Promise<boolean> {
  const probe = createServer().listen(port, host)
  try {
    await once(probe, 'listening')
  } catch (fault) {
    return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes((fault as NodeJS.ErrnoException).code ?? '')
  }
  probe.close()
  await once(probe, 'close')
  return true
}
