import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { renderPng } from './png.ts'

/**
 * Draws the picture for link previews of articles that have no picture of their own, and writes it into the
 * Worker's source: `npm run card`.
 */
const width = 1200
const height = 630
const red = '#9a2318'
const ink = '#1d1b18'
const paper = '#fdfcf9'
const tint = '#ddd6c7'

const counter = '#ebe5d8'

const stripes = 11
const wide = width / stripes
const awning = Array.from({ length: stripes }, (_, at) => {
  const fill = at % 2 === 0 ? red : paper
  const left = at * wide
  return `<path d="M${left} 0h${wide}v78a${wide / 2} ${wide / 2} 0 0 1-${wide} 0z" fill="${fill}"/>`
}).join('')

/** Draws a newspaper column with the given number of lines; the last line is short. */
const column = (left: number, top: number, wide: number, lines: number, fill = tint): string =>
  Array.from({ length: lines }, (_, at) => {
    const length = at === lines - 1 ? wide * 0.62 : wide
    return `<rect x="${left}" y="${top + at * 26}" width="${length}" height="10" fill="${fill}"/>`
  }).join('')

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="${counter}"/>
<path d="M72 150h1056v480H72z" fill="${paper}"/>
<g shape-rendering="crispEdges">
<rect x="120" y="206" width="960" height="3" fill="${ink}"/><rect x="120" y="213" width="960" height="8" fill="${ink}"/>
<rect x="120" y="256" width="120" height="12" fill="${red}"/>
<rect x="120" y="288" width="560" height="34" fill="${ink}"/><rect x="120" y="336" width="430" height="34" fill="${ink}"/>
${column(120, 408, 265, 9)}${column(415, 408, 265, 9)}
<rect x="720" y="256" width="360" height="216" fill="${tint}"/>
${column(720, 512, 360, 5)}
<rect x="699" y="256" width="1" height="374" fill="${tint}"/>
</g>
<path d="M720 472V410l84-66 70 52 92-92 114 102v66z" fill="#c9c2b2"/><circle cx="806" cy="306" r="22" fill="${paper}"/>
${awning}
<rect width="${width}" height="18" fill="${ink}"/>
</svg>`

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: { width, height } })
await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawing}`)
const screenshot = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`
const pixels = (await page.evaluate(`(async () => {
  const image = new Image()
  image.src = '${screenshot}'
  await image.decode()
  const canvas = new OffscreenCanvas(${width}, ${height}).getContext('2d')
  canvas.drawImage(image, 0, 0)
  return Array.from(canvas.getImageData(0, 0, ${width}, ${height}).data)
})()`)) as number[]
const png = renderPng(width, height, Uint8Array.from(pixels))
await browser.close()

writeFileSync(
  join(import.meta.dirname, '..', 'src', 'pages', 'images', 'card.ts'),
  `const base64 =
  '${png.toString('base64')}'

/** The picture for link previews of articles that have no picture of their own: ${width} by ${height} pixels, drawn by \`npm run card\`. */
export const card: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))

/** The ETag of the picture for link previews: the first eight digits of the SHA-256 of the picture's bytes. */
export const cardTag = '${createHash('sha256').update(png).digest('hex').slice(0, 8)}'
`,
)
console.log(`card: ${png.length} bytes`)
