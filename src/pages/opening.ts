/** Whether cleaned HTML begins with the words of that text, as the body of a capture does with its summary. */
export function opensWith(html: string, text: string): boolean {
  const words = solid(text).replace(/…$/, '')
  // A tag may be long, so more than the text's length is read, but never all of a long body.
  const opening = html.slice(0, 4 * text.length + 2000).replace(/<[^>]*>/g, '')
  return solid(opening.replaceAll('&lt;', '<').replaceAll('&amp;', '&')).startsWith(words)
}

/** Without any white space, since tags part words where the summary has a space, and the reverse. */
const solid = (text: string): string => text.replace(/\s+/g, '')
