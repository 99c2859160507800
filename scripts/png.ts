import { crc32, deflateSync } from 'node:zlib'

/** The maximum number of colours in the palette. With 16 colours, a pixel takes half a byte. */
const maxColours = 16

/**
 * Writes a drawing of few colours as a PNG with a palette, which is much smaller than one in true colour (PNG
 * §11.2.2, §11.2.3).
 */
export function renderPng(width: number, height: number, rgba: Uint8Array): Buffer {
  const palette = paletteOf(rgba)
  const row = 1 + Math.ceil(width / 2)
  const rows = Buffer.alloc(row * height)
  const known = new Map<number, number>()
  for (let at = 0; at < width * height; at++) {
    const colour = colourAt(rgba, at)
    const index = known.get(colour) ?? nearest(palette, colour)
    known.set(colour, index)
    const x = at % width
    const place = Math.floor(at / width) * row + 1 + (x >> 1)
    rows[place] = (rows[place] as number) | (x % 2 === 0 ? index << 4 : index)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([4, 3], 8) // The bit depth is four, and the colour type is 3: a palette.
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const colourAt = (rgba: Uint8Array, at: number): number =>
  ((rgba[4 * at] as number) << 16) | ((rgba[4 * at + 1] as number) << 8) | (rgba[4 * at + 2] as number)

const channels = (colour: number): number[] => [colour >> 16, (colour >> 8) & 255, colour & 255]

/**
 * Returns the palette: the most frequent colours, of which no two are similar. The colours of areas come before
 * the colours of blurred edges, because the colours of areas are more frequent.
 */
function paletteOf(rgba: Uint8Array): number[] {
  const counts = new Map<number, number>()
  for (let at = 0; at < rgba.length / 4; at++) {
    const colour = colourAt(rgba, at)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette: number[] = []
  for (const [colour] of [...counts].sort(([, one], [, other]) => other - one)) {
    if (palette.every((taken) => distance(taken, colour) > 400)) palette.push(colour)
    if (palette.length === maxColours) break
  }
  return palette
}

const nearest = (palette: readonly number[], colour: number): number =>
  palette.reduce(
    (best, one, index) => (distance(one, colour) < distance(palette[best] as number, colour) ? index : best),
    0,
  )

function distance(one: number, other: number): number {
  const [from, to] = [channels(one), channels(other)]
  return from.reduce((sum, channel, at) => sum + (channel - (to[at] as number)) ** 2, 0)
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
