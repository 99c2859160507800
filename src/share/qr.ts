import { renderSVG } from 'uqr'

/**
 * The QR code of a short link as SVG, at level M: what a scratch or a crease may cost. The address must be ASCII,
 * since not every reader takes other text for UTF-8.
 */
export const renderQr = (url: string): string => `${renderSVG(new URL(url).href, { ecc: 'M', border: 4 })}\n`
