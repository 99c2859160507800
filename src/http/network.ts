/**
 * The network of a client's IP address: the first 64 bits of an IPv6 address, or a whole IPv4 address. All
 * addresses of one IPv6 /64 network count as one client (RFC 6177 §2).
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map((half) => half.split(':').filter(Boolean)) as [string[], string[]]
  const between = address.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0
  return [...before, ...Array<string>(between).fill('0'), ...after].slice(0, 4).join(':')
}
