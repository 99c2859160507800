import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { type EventName, events, fieldNames } from '../../src/domain/event.ts'
import { codeIn, root, textOf } from '../source.ts'

const page = textOf('docs/logs.md')

test('docs/logs.md lists every event with its level and fields, in the order of the table in the source', () => {
  const rows = page.matchAll(/^\| `([\w-]+)` \| (\w+) \| ([^|]*) \| [^|]+ \|$/gm)
  const listed = [...rows].map(([, event, level, fields = '']) => ({
    ...{ event, level },
    fields: [...fields.matchAll(/`(\w+)`/g)].map(([, field]) => field),
  }))
  const names = Object.keys(events) as EventName[]
  expect(listed).toEqual(
    names.map((event) => ({ event, level: events[event].level, fields: fieldNames(event) })),
  )
})

test('each event of the table is logged somewhere', () => {
  const source = codeIn('src').map(textOf).join('\n')
  const unused = Object.keys(events).filter((event) => !source.includes(`log('${event}'`))
  expect(unused).toEqual([])
})

test('wrangler.toml keeps every line of the Worker, and no line of the platform that contains addresses', () => {
  const { unstable_readConfig: readConfig } = createRequire(import.meta.url)('wrangler') as {
    unstable_readConfig: (from: { config: string }) => { observability: unknown }
  }
  expect(readConfig({ config: `${root}/wrangler.toml` }).observability).toEqual({
    enabled: true,
    head_sampling_rate: 1,
    logs: { enabled: true, invocation_logs: false, head_sampling_rate: 1 },
    traces: { enabled: false },
  })
})
