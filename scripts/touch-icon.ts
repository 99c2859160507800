import { drawPng, writePicture } from './draw.ts'

/**
 * Draws the icon for home screens, the kiosk of the icon at `/favicon.ico`, and writes it into the Worker's source:
 * `npm run card`. Apple's devices round the corners themselves and show transparent pixels as black, so the picture is an
 * opaque square.
 */
const size = 180
const red = '#9a2318'
const ink = '#1d1b18'
const paper = '#fdfcf9'

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 48 48">
<rect width="48" height="48" fill="${paper}"/>
<path d="M24 7 5 22h38z" fill="${ink}"/>
<g shape-rendering="crispEdges">
<rect x="9" y="22" width="30" height="19" fill="${red}"/>
<rect x="14" y="26" width="20" height="9" fill="${paper}"/>
<rect x="16" y="28" width="8" height="2" fill="${red}"/><rect x="16" y="32" width="8" height="1" fill="${ink}"/>
<rect x="26" y="28" width="6" height="5" fill="${ink}"/>
</g>
</svg>`

writePicture(
  {
    name: 'touchIcon',
    bytesComment: `The icon that stands at \`/apple-touch-icon.png\`: ${size} by ${size} pixels, drawn by \`npm run card\`.`,
    tagComment:
      "The ETag of the icon for home screens: the first eight digits of the SHA-256 of the icon's bytes.",
  },
  await drawPng(drawing, size, size),
)
