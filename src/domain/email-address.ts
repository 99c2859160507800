/** The largest number of characters of an e-mail address (RFC 5321 §4.5.3.1.3), and of the part before its `@`. */
const maxAddressCharacters = 254
const maxLocalCharacters = 64

/** The part before the `@`, without quotation marks (RFC 5322 §3.2.3), and a host with at least two labels (RFC 1123 §2.1). */
const pattern =
  /^([\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i

/**
 * Tells whether a text is an e-mail address that can stand in a header and in a command of SMTP as it is: ASCII without spaces,
 * quotation marks and angle brackets. HTML's `<input type=email>` accepts a few more, which mail servers refuse.
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > maxAddressCharacters) return false
  const [, local = ''] = pattern.exec(text) ?? []
  return local !== '' && local.length <= maxLocalCharacters
}
