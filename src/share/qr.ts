import { renderSVG } from 'uqr'

/**
 * Renders the QR code of a short link as SVG with error correction level M, which tolerates scratches and
 * creases. The address must be ASCII, because not all QR readers decode other text as UTF-8.
 */
export const renderQr = (url: string): string => `${renderSVG(new URL(url).href, { ecc: 'M', border: 4 })}\n`
