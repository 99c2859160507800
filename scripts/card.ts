import { drawPng, writePicture } from './draw.ts'

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

writePicture(
  {
    name: 'card',
    bytesComment: `The picture for link previews of articles that have no picture of their own: ${width} by ${height} pixels, drawn by \`npm run card\`.`,
    tagComment:
      "The ETag of the picture for link previews: the first eight digits of the SHA-256 of the picture's bytes.",
  },
  await drawPng(drawing, width, height),
)
