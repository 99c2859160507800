import { expect, test } from 'vitest'
import { xmlPartsOf } from '../../src/cli/sources/xml-stream.ts'

async function partsIn(pieces: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for await (const part of xmlPartsOf(pieces, (name, parent) => name === 'b' && parent === 'a')) {
    if (part.kind === 'end') found.push(`/${part.name}`)
    else
      found.push(
        `${part.kind} ${part.element.name} ${JSON.stringify(part.element.attributes)} ${part.element.text}`,
      )
  }
  return found
}

const xml = `\uFEFF<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "<b>no</b>"> <!ENTITY f '&e;&e;'>]><!-- <b> -->
<r x="1>2"><a><b y='"'>1 &lt; 2 &e;<c/><![CDATA[</b> <b>]]></b><b/><d><b>no</b></d></a></r>`

test('the elements that are asked for are read, whatever stands between them', async () => {
  expect(await partsIn([xml])).toEqual([
    'root r {"x":"1>2"} ',
    'element b {"y":"\\""} 1 < 2 &e;</b> <b>',
    'element b {} ',
    '/b',
    '/d',
    '/a',
    '/r',
  ])
})

test('pieces may end anywhere', async () => {
  const whole = await partsIn([xml])
  for (let at = 1; at < xml.length; at++)
    expect(await partsIn([xml.slice(0, at), xml.slice(at)]), `at ${at}`).toEqual(whole)
  expect(await partsIn([...xml])).toEqual(whole)
})

test.for<[what: string, xml: string, reason: string]>([
  ['nothing', ' ', 'it has no element'],
  ['an early end', '<r><a><b>1', 'it ends early'],
  ['an early end in a tag', '<r><a x="', 'it ends early'],
  ['a wrong end', '<r><a></r>', '</r> ends <a>'],
  ['an end too many', '<r></r></r>', '</r> ends nothing'],
  ['two roots', '<r/><r/>', 'it has several roots'],
  ['no tag', '<r>< a></r>', 'is no tag'],
  ['a deep nesting', '<r>'.repeat(200), 'more than 100 elements in each other'],
  ['a bad element', '<r><a><b x=1></b></a></r>', 'Cannot read the XML'],
])('%s is refused', async ([, text, reason]) => {
  await expect(partsIn([text])).rejects.toThrow(reason)
})

test('one element of many megabytes is refused, and not kept', async () => {
  function* pieces() {
    yield '<r><a><b>'
    for (let at = 0; at < 100; at++) yield 'x'.repeat(100_000)
  }
  await expect(partsIn([...pieces()])).rejects.toThrow('more than 4000000 characters')
})
