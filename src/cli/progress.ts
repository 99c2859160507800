/** The output for the progress line: standard error, or an object that a test supplies. */
interface Terminal {
  isTTY?: boolean
  write: (text: string) => unknown
}

/** Shows the progress of long work on a line of its own, separate from other output. */
interface Progress {
  /** Shows that this many items are done. */
  reach: (done: number) => void
  /** Clears the progress line, so that something else can be written; the next `reach` writes it again. */
  clear: () => void
}

/** The smallest number of articles for which progress is shown; work on fewer articles ends within seconds. */
const minArticles = 100
const secondsBetweenLines = 5

/**
 * Makes the progress display for work on `all` items. On a terminal, the display is one line that is
 * overwritten; in other output, such as a log, it is a new line every few seconds. If `silent` is true, nothing
 * is displayed. `clock` gives epoch milliseconds.
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
