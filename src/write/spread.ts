// Output: the edge and the hub.
import type { PublishPorts } from './ports.ts'

/** Does what every committed save requires: marks edge copies stale, and notifies subscribers. */
export async function spread(ports: PublishPorts, touched: readonly string[], urgent = false): Promise<void> {
  await ports.invalidate(touched, urgent)
  if (touched.length > 0) await ports.push?.()
}
