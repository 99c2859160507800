/** The names of all methods of a port, and the names of the methods that a test has called. */
export interface Called {
  methods: string[]
  seen: Set<string>
}

/** Wraps an implementation of a port in order to record which methods the tests call. */
export function recorded<Port extends object>(
  implementation: () => Port,
): { open: () => Port; called: Called } {
  const called: Called = { methods: [], seen: new Set() }
  const open = (): Port => {
    const port = implementation()
    called.methods = Object.keys(port)
    const methods = Object.entries(port).map(([name, method]) => [
      name,
      (...values: unknown[]) => {
        called.seen.add(name)
        return (method as (...values: unknown[]) => unknown)(...values)
      },
    ])
    return Object.fromEntries(methods) as Port
  }
  return { open, called }
}
