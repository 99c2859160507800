/** Fields of a header that people do not write at the beginning of a text. */
const technical =
  /^(?:mime-version|received|message-id|return-path|delivered-to|content-(?:type|transfer-encoding|location)|dkim-signature|authentication-results|snapshot-content-location|x-[a-z-]{2,40})$/i
/** Fields of a header that a text may begin with too; three of them make a header. */
const usual = /^(?:from|to|cc|bcc|subject|date|reply-to|sender)$/i

/**
 * Says what a text is that begins with the header of a message (RFC 5322): a web page that a browser saved as one file (MHTML), or
 * an e-mail, and what to do with it; undefined for other texts.
 */
export function otherMail(text: string): string | undefined {
  const isMailbox = /^From \S{1,200} +(?:\w{3},? ){1,2} ?\d/.test(text)
  const header = headerOf(isMailbox ? text.slice(text.indexOf('\n') + 1) : text)
  const names = header.map((line) => line.slice(0, line.indexOf(':')))
  const isHeader = names.some((name) => technical.test(name)) && names.length > 1
  if (!isMailbox && !isHeader && new Set(names.filter((name) => usual.test(name))).size < 3) return undefined
  const isPage = header.some((line) =>
    /^(?:snapshot-content-location:|content-type:\s*multipart\/related)/i.test(line),
  )
  if (isPage && !/^(?:received|message-id|delivered-to)$/im.test(names.join('\n')))
    return 'a web archive (MHTML); in the browser, save the page as "Webpage, HTML only"'
  return 'an e-mail; copy its title and its text into a text file'
}

/** The lines of a header at the start of a text, each with its continuations; empty if the text does not begin with a field. */
function headerOf(text: string): string[] {
  const fields: string[] = []
  for (const line of text.split(/\r?\n/, 200)) {
    if (/^[!-9;-~]{1,70}:(?:\s|$)/.test(line)) fields.push(line)
    else if (/^[ \t]+\S/.test(line) && fields.length > 0) fields.push(`${fields.pop()} ${line.trim()}`)
    else break
  }
  return fields
}
