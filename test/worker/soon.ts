/** Milliseconds that one request of a test may take; the longest request saves hundreds of articles. */
export const requestMilliseconds = 20_000

/** Milliseconds that one job of the hub's queue may take. */
export const jobMilliseconds = 5000

/**
 * Waits for work that must end soon. If the work takes longer, the function throws an error that names the work,
 * so that a test fails long before its own timeout and says what never ended.
 */
export async function soon<T>(milliseconds: number, what: string, work: T | Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what} has not ended after ${milliseconds} ms`)),
      milliseconds,
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
