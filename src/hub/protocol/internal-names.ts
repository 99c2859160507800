/** Host names that may lead into a private network. Each name stands for itself and for all names that end in it. */
interface InternalNames {
  /** What the names have in common, as docs/hub.md says it. */
  what: string
  names: readonly string[]
}

/**
 * The host names that the hub refuses in callbacks. docs/hub.md contains this table. No list can be complete, because
 * anybody can register a name that leads to a private address.
 */
export const internalNames: readonly InternalNames[] = [
  {
    what: 'reserved names (RFC 6761, 6762, 7686, 8375 and 9476; ICANN reserved `internal`)',
    names: ['localhost', 'local', 'internal', 'test', 'invalid', 'onion', 'alt', 'arpa'],
  },
  {
    what: 'names that private networks use',
    names: [
      ...['localdomain', 'lan', 'home', 'corp', 'mail', 'intranet', 'intra', 'private', 'priv', 'domain'],
      ...['workgroup', 'dmz', 'router', 'gateway', 'fritz.box'],
    ],
  },
  {
    what: 'names of clusters, containers and service registries',
    names: [
      ...['svc', 'cluster', 'consul', 'nomad', 'mesos', 'marathon', 'rancher', 'docker', 'kube', 'k8s'],
      'kubernetes',
    ],
  },
  {
    what: 'public names that resolve to the local machine',
    names: [
      ...[
        'localtest.me',
        'lvh.me',
        'vcap.me',
        'fuf.me',
        'lacolhost.com',
        'traefik.me',
        'ulh.us',
        '42foo.com',
      ],
      ...['smackaho.st', 'localho.st', 'local.gd', 'lcl.host', 'lndo.site', 'ddev.site', 'backloop.dev'],
    ],
  },
  {
    what: 'public services that resolve a name to the IP address in the name',
    names: ['nip.io', 'sslip.io', 'xip.io', 'local-ip.co', 'local-ip.sh', 'rbndr.us', '1u.ms'],
  },
]

const all = new Set(internalNames.flatMap(({ names }) => names))

/**
 * Tells whether a host name, as a parsed URL contains it, may lead into a private network: it has only one label, it
 * ends in one of the names of the table, or one of its labels is `localhost`.
 */
export function isInternal(hostname: string): boolean {
  const labels = hostname.split('.')
  if (labels.length === 1 || labels.includes('localhost')) return true
  return labels.some((_, at) => all.has(labels.slice(at).join('.')))
}
