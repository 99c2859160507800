import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventsIn, withoutWarnings } from '../../src/cli/server-output.ts'

const event = '{"event":"subscribed","topic":"feed.atom","host":"localhost:9000"}\n'
const output = [
  'Attaching additional modules:\n',
  '[wrangler:info] Ready on http://localhost:8787\n',
  event,
  '[wrangler:info] POST /hub 202 Accepted (116ms)\n',
  '{"other":1}\n',
  '\n',
  event.replace('subscribed', 'delivered'),
].join('')

const error = '\u001b[31m✘ [ERROR] The build failed\u001b[0m\n\n  src/index.ts:1:1\n\n'
const warning =
  '\u001b[33m▲ [WARNING] Scheduled Workers are not triggered.\u001b[0m\n\n  To trigger one, run:\n    curl x\n\n'
const fault = event.replace('subscribed', 'fault')

/** Passes a text in parts of random lengths to a filter. */
function inParts(filter: (part: string) => string, text: string, lengths: number[]): string {
  const parts: string[] = []
  let at = 0
  for (const length of lengths) {
    parts.push(text.slice(at, at + length))
    at += length
  }
  return [...parts, text.slice(at)].map(filter).join('')
}

test('law: of the output of wrangler, a local run shows the events, however the output is divided', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 60 })), (lengths) => {
      expect(inParts(eventsIn(), output, lengths)).toBe(event + event.replace('subscribed', 'delivered'))
    }),
  )
})

test('law: of the errors of wrangler, a local run shows everything but warnings', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 60 })), (lengths) => {
      const all = warning + error + warning + fault + error + warning
      expect(inParts(withoutWarnings(), all, lengths)).toBe(error + fault + error)
    }),
  )
})
