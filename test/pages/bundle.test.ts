import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packed, renderPageStyles, sheets } from '../../scripts/page-styles.ts'
import { elementStyles } from '../../src/element/bundle.ts'
import * as bundle from '../../src/pages/bundle.ts'
import { policyOf } from '../../src/pages/parts/policy.ts'
import { root, textOf } from '../source.ts'

test('the stylesheets that pages hold are made of their sources (npm run bundle)', () => {
  expect(textOf('src/pages/bundle.ts')).toBe(renderPageStyles(elementStyles.text))
})

test.for(Object.entries(bundle))('%s: policies name it by its hash', ([, { text, hash }]) => {
  expect(hash).toBe(`sha256-${createHash('sha256').update(text).digest('base64')}`)
  expect(policyOf([bundle.embedStyles, { text, hash }])).toContain(
    `; style-src '${bundle.embedStyles.hash}' '${hash}'; `,
  )
})

test('a policy takes what differs in the place of what every page has, and leaves out what is undefined', () => {
  const policy = policyOf([], { 'script-src': undefined, 'frame-ancestors': '*' })
  expect(policy).not.toContain('script-src')
  expect(policy.match(/frame-ancestors [^;]*/g)).toEqual(['frame-ancestors *'])
  expect(policy).toContain("default-src 'none'; ")
})

test('every stylesheet of pages is in one of them', () => {
  const files = globSync('**/*.css', { cwd: join(root, 'src', 'pages') })
  expect(Object.values(sheets).flat().toSorted()).toEqual(files.toSorted())
})

const texts: [what: string, css: string, packed: string][] = [
  ['white space', 'a {\n  color: red;\n}\n\nb,\ni { margin: 0 }\n', 'a{color:red;}b,i{margin:0 }'],
  ['a comment', '/* why\n*/\na {\n  color: red;\n}\n', 'a{color:red;}'],
  ['leading zeros', 'a {\n  margin: 0.5em 10.5em 0 -0.25em;\n}', 'a{margin:.5em 10.5em 0 -.25em;}'],
  ['a size with its line height', 'a {\n  font: 0.8rem / 1.45 serif;\n}', 'a{font:.8rem/1.45 serif;}'],
  ['a descendant, a pseudo-class', 'a :hover {\n  color: red;\n}', 'a :hover{color:red;}'],
]
test.for(texts)('packed: %s', ([, css, text]) => {
  expect(packed(css)).toBe(text)
})
