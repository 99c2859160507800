// I/O: does the work that the caller passes.

/**
 * The largest number of calls to other hosts that a job makes at the same time. Workers allow six connections that
 * wait for an answer in one invocation; the sixth is left for the database and the queue, which a job must reach while
 * no callback answers.
 */
export const concurrentCalls = 5

/**
 * A job makes no further calls if this number of milliseconds has passed since its last call began, and all of its
 * calls still wait for an answer. So each of these calls counts as slow (`slowMilliseconds`).
 */
export const stuckMilliseconds = 1500

/** Milliseconds that a job waits for answers after its last call has begun. */
export const tailMilliseconds = 250

/** How a job waits, and how it hands work on that it does not wait for. */
export interface CallPorts {
  wait: (milliseconds: number) => Promise<unknown>
  /** Continues the work after the job has ended. If the work fails, the failure is logged. */
  later: (work: Promise<unknown>) => void
}

/**
 * Calls `call` for each item, for at most `concurrentCalls` items at once. The function does not wait for calls that
 * take long: it hands them on to `later` and aborts none, because the request of an aborted call may have arrived.
 * Returns the items for which no call has begun, because every connection waits for an answer. If a call fails while
 * the function waits, the function throws the failure after the last call has begun.
 */
export async function callEach<Item>(
  { wait, later }: CallPorts,
  items: readonly Item[],
  call: (item: Item) => Promise<void>,
): Promise<Item[]> {
  const open = new Set<Promise<void>>()
  const faults: unknown[] = []
  const begin = (item: Item) => {
    const made = call(item)
      .catch((fault) => void faults.push(fault))
      .finally(() => open.delete(made))
    open.add(made)
  }
  let begun = 0
  for (const item of items) {
    if (open.size === concurrentCalls) await Promise.race([...open, wait(stuckMilliseconds)])
    if (open.size === concurrentCalls) break
    begin(item)
    begun++
  }
  if (begun === items.length && open.size > 0) await Promise.race([Promise.all(open), wait(tailMilliseconds)])
  const [fault] = faults.splice(0)
  if (open.size > 0) later(Promise.all(open).then(() => failWith(faults)))
  if (fault !== undefined) throw fault
  return items.slice(begun)
}

function failWith([fault]: readonly unknown[]): void {
  if (fault !== undefined) throw fault
}
