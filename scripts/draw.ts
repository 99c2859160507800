import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { renderPng } from './png.ts'

/** Draws an SVG of few colours as a PNG of the given size, with Chromium. */
export async function drawPng(svg: string, width: number, height: number): Promise<Buffer> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const page = await browser.newPage({ viewport: { width, height } })
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`)
  const screenshot = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`
  const pixels = (await page.evaluate(`(async () => {
  const image = new Image()
  image.src = '${screenshot}'
  await image.decode()
  const canvas = new OffscreenCanvas(${width}, ${height}).getContext('2d')
  canvas.drawImage(image, 0, 0)
  return Array.from(canvas.getImageData(0, 0, ${width}, ${height}).data)
})()`)) as number[]
  await browser.close()
  return renderPng(width, height, Uint8Array.from(pixels))
}

/** A picture of the Worker's source: its name there, and the comments on its bytes and on its ETag. */
interface SourcePicture {
  name: string
  bytesComment: string
  tagComment: string
}

/** Writes a picture into the Worker's source, with its ETag: the first eight digits of the SHA-256 of its bytes. */
export function writePicture({ name, bytesComment, tagComment }: SourcePicture, png: Buffer): void {
  const file = `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
  writeFileSync(
    join(import.meta.dirname, '..', 'src', 'pages', 'images', file),
    `const base64 =
  '${png.toString('base64')}'

/** ${bytesComment} */
export const ${name}: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))

/** ${tagComment} */
export const ${name}Tag = '${createHash('sha256').update(png).digest('hex').slice(0, 8)}'
`,
  )
  console.log(`${name}: ${png.length} bytes`)
}
