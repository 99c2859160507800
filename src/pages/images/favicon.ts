const base64 =
  'iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAYAAABXAvmHAAACUElEQVR4nOyYTWgTQRTH/2+SaKCgx7agNk03glAPteJB9KiiFz0LCsbEUMFeevAiiODFQy9+lZgYRcFzPapHxVvxYFGxaUxV0B4VCtE1+5zxINI2635mNro/2GXY92Z5/zdvZ3ZGoMcR6HFiAbrpeQFJhMSdTGbAFBtmVDtlfZ841Wx+RgiEMgLVYaNgitQbAo6pS7XVM4QAIUDK2ew24kSFiA6uZ2fmx0ztYqnReI+ACGQEWCaikslNCk6+6hS8QtmUj/LlgJLn+yXVLSMGp0RNRrffVUfmp2Ra+cLHxTp84FlAWX6bImtMgemiDD4NLzC3QHzJatSnS4AJD3gSUN06MmqlEg9k550IAFlOL4XZPl74sDgPl7gScNUwNqbbdEFm/LzsmEKAsBoB5iutBF+erNe/Oe3nWEA5u30fgWsEyiFEGLzAoHyp8faZE/+/CrjX39/X6ts0TYwzahpBN5DzLRNupVe+Tp1cXl6xc7UNqDKcO6BmSOk1BB0wluStWHy38KSTy7oC5IK0mTh5Teb7BCIAM+4z/TgnF8Avq21rBFQyxlEmMSODH0SEkCI+EVsTxWb94Z/P1/7MCTHbnUJ3x6+EkpjFqqTH+wHdRLFaXPHv78iGdowzNLL0es62SuKPWDf/36lEY+4RwiQ7fsiVf3wu5JQXN293tI2dPQ2v+BJQG91ra8/PP//djqSAgd1j0I0vAUfu3oBuulZCYeFLwOHadce+furcDl8CBvfscuwbGQFuF5qwif+FdBML0E0sQDfxqYRuYgG66XkBPwEAAP//HQaIcAAAAAZJREFUAwCZ4KNFXFRP1QAAAABJRU5ErkJggg=='

/**
 * The icon that stands at `/favicon.ico`: a PNG of 48 by 48 pixels. It is no ICO file, because servers compress the media
 * types of ICO files, although a PNG inside such a file only grows by that (decision 012).
 */
export const favicon: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))

/** The ETag of the icon: the first eight digits of the SHA-256 of the icon's bytes. */
export const faviconTag = '70deefcd'
