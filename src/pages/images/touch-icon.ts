const base64 =
  'iVBORw0KGgoAAAANSUhEUgAAALQAAAC0BAMAAADP4xsBAAAALVBMVEX9/PmaIxgdGxiMi4iAf3vn5uNWVVLMyscyMC2lpKF0cm9GREHa2da6ubaZl5RvuazxAAABvUlEQVR42u3XsUqCYRTGcSFFCpO6hccIU5KwGxCvoMmhtqC90flbXArEKwjBGxDcHBoDl3ByDK8kqCi1Tz3nvOctoud3Af9B3uM5XyZDRERERJHsdqOlm0exyi3gJk45nwDl2yjpHgCcxCjv4c2Dfzk3fE9XL9zTM3y49y4X8enF+efof6Urvj/JBAvGnuX9ZDFdfnZM17Gk5Drhy9zmvZCspsuPTukpvjn1KWeRouHypK/T0scej7uNVB2HpYU1wpdZf126Elq+wlojzwlfedxh8z7HBrWQ8iU2GgRM+HBzumqf9xm2MC+zHWx15jnhLvP+BIE705OGiOVxN2Vpw/HagpB6meUTaVp9vPYgpjxe96CgOl5zQ01adbzOoKKY9yKUxMdrrq9Ni4/XCdTG4UsrcJnVYVBynXD1vBcSW1pwvE5htPV4zcKsEb60jMusjQAd01kq07WcpcJ5N52lMiPPCRfO+xzBaqazVGZgOUuFyyxt3ovnLjYtnEMjwZ8q00wzzfQ/Th+I7lqmmY6UTnm7C0cH00z/zXQKppn+mfTKpxvTEdPc6Ez/SprfMkwzzTTTTDPNNBERERHpvALMQCP6K3BGGAAAAABJRU5ErkJggg=='

/** The icon that stands at `/apple-touch-icon.png`: 180 by 180 pixels, drawn by `npm run card`. */
export const touchIcon: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))

/** The ETag of the icon for home screens: the first eight digits of the SHA-256 of the icon's bytes. */
export const touchIconTag = '404b1c6c'
