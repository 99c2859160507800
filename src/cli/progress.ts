/** Where progress is written: standard error, or what a test gives. */
interface Terminal {
  isTTY?: boolean
  write: (text: string) => unknown
}

/** What tells how far long work has come, on a line that no other output mixes with. */
interface Progress {
  /** Says that so many are done. */
  reach: (done: number) => void
  /** Takes the line away, so that something else can be written; the next `reach` writes it again. */
  clear: () => void
}

/** Work on fewer is over before anybody asks how far it is. */
const minArticles = 100
const secondsBetweenLines = 5

/**
 * Progress of work on so many: on a terminal one line, which is written over; elsewhere, such as in a log, a
 * line each some seconds. `silent` where only results are wanted. `clock` is in epoch milliseconds.
 */
export function progressOf(all: number, terminal: Terminal, clock: () => number, silent: boolean): Progress {
  if (all < minArticles || silent) return { reach: () => {}, clear: () => {} }
  const start = clock()
  let last = start
  let isShown = false
  const clear = () => {
    if (isShown) terminal.write('\r\u001B[K')
    isShown = false
  }
  return {
    clear,
    reach(done) {
      const now = clock()
      const line = lineOf(done, all, (now - start) / 1000)
      if (terminal.isTTY) {
        clear()
        if (done < all) terminal.write(line)
        isShown = done < all
      } else if (now - last >= secondsBetweenLines * 1000) {
        last = now
        terminal.write(`${line}\n`)
      }
    },
  }
}

function lineOf(done: number, all: number, seconds: number): string {
  const rate = seconds > 0 ? `, ${Math.round(done / seconds)} a second` : ''
  return `${done} of ${all} (${Math.floor((done / all) * 100)} %)${rate}`
}
