/**
 * Returns a store whose module is loaded at the first call of a method, so that no poll loads it. `methods` has the names of all
 * methods; the compiler demands each.
 */
export function lateStore<Store extends object>(
  methods: Readonly<Record<keyof Store, true>>,
  load: () => Promise<Store>,
): Store {
  let opened: Promise<Store> | undefined
  const late = (name: keyof Store) => {
    return async (...values: never[]): Promise<unknown> => {
      opened ??= load()
      const method = (await opened)[name] as (...values: never[]) => Promise<unknown>
      return method(...values)
    }
  }
  const entries = Object.keys(methods).map((name) => [name, late(name as keyof Store)])
  return Object.fromEntries(entries) as Store
}
