/**
 * Makes a filter for the standard output of `wrangler dev`, which also prints a line for each request. The filter takes
 * the parts of the output as they come, and returns the complete lines that are events in the Worker's log.
 */
export const eventsIn = (): ((part: string) => string) => linesThat((line) => line.startsWith('{"event":'))

/**
 * Makes a filter for the standard error of `wrangler dev`. The filter returns everything except warnings. A warning is a
 * line with the sign ▲ and the indented or empty lines after it. One of them says that nobody runs cron, but `npm start`
 * does.
 */
export function withoutWarnings(): (part: string) => string {
  let isWarning = false
  return linesThat((line) => {
    isWarning = line.includes('▲') || (isWarning && /^\s*$|^\s/.test(line))
    return !isWarning
  })
}

/** Makes a filter that returns the complete lines that are to be kept; the rest of a part waits for the next part. */
function linesThat(isKept: (line: string) => boolean): (part: string) => string {
  let rest = ''
  return (part) => {
    const lines = (rest + part).split('\n')
    rest = lines.pop() ?? ''
    return lines.filter(isKept).reduce((text, line) => `${text}${line}\n`, '')
  }
}
