import { generateKeyPairSync, sign } from 'node:crypto'

/** A private key and a certificate, both as PEM. */
export interface Certificate {
  key: string
  cert: string
}

const dayMilliseconds = 86_400_000

/**
 * Makes a certificate for a host that is its own authority and is valid from yesterday until tomorrow (RFC 5280 §4.1). It is made
 * for each test run, because a stored certificate would expire.
 */
export function makeCertificate(host: string): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(ecdsaWithSha256)
  const name = sequence(element(0x31, sequence(commonName, element(0x0c, Buffer.from(host)))))
  const extension = (id: Buffer, value: Buffer) => sequence(id, element(0x04, value))
  const signed = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(Date.now() - dayMilliseconds), time(Date.now() + dayMilliseconds)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(
      0xa3,
      sequence(
        extension(basicConstraints, sequence(element(0x01, Buffer.from([0xff])))),
        extension(subjectAltName, sequence(element(0x82, Buffer.from(host)))),
      ),
    ),
  )
  const signature = element(0x03, Buffer.from([0]), sign('sha256', signed, privateKey))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(sequence(signed, algorithm, signature)),
  }
}

/** An element of DER (X.690 §8.1): its tag, its length and its content. */
function element(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: Buffer[]): Buffer => element(0x30, ...parts)

const time = (instant: number): Buffer =>
  element(0x17, Buffer.from(`${new Date(instant).toISOString().replace(/\D/g, '').slice(2, 14)}Z`))

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

const identifier = (hexadecimal: string): Buffer => element(0x06, Buffer.from(hexadecimal, 'hex'))

/** Object identifiers: 1.2.840.10045.4.3.2, 2.5.4.3, 2.5.29.19 and 2.5.29.17. */
const ecdsaWithSha256 = identifier('2a8648ce3d040302')
const commonName = identifier('550403')
const basicConstraints = identifier('551d13')
const subjectAltName = identifier('551d11')
