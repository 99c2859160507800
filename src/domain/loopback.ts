/**
 * Tells whether a host name, as a parsed URL contains it, means this machine itself (RFC 6761 §6.3, RFC 1122
 * §3.2.1.3, RFC 4291 §2.5.3).
 */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname)
