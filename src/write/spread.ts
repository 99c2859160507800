// I/O: calls the edge cache and the hub; reads nothing.
import type { PublishPorts } from './ports.ts'

/**
 * Does what is necessary after every committed save: marks the edge's copies stale, and starts the notification
 * of subscribers.
 */
export async function spread(ports: PublishPorts, touched: readonly string[], urgent = false): Promise<void> {
  await ports.invalidate(touched, urgent)
  if (touched.length > 0) await ports.push?.()
}
