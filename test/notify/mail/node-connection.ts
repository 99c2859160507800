import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Connection } from '../../../src/notify/mail/session.ts'
import type { Connect } from '../../../src/notify/mail/submission.ts'

/** Makes a function that opens connections with Node's sockets, and trusts servers with the given certificates only. */
export const connectTrusting =
  (ca: readonly string[]): Connect =>
  ({ hostname, port }, { secureTransport }) => {
    const secured = { servername: hostname, ca: [...ca] }
    if (secureTransport === 'on')
      return connectionOn(connectTls({ host: hostname, port, ...secured }), 'secureConnect')
    const socket = connectTcp(port, hostname)
    return connectionOn(socket, 'connect', () => connectTls({ socket, ...secured }))
  }

function connectionOn(socket: Socket, event: string, secure?: () => Socket): Connection {
  const opened = new Promise<void>((resolve, reject) => {
    socket.once(event, () => resolve()).once('error', reject)
  })
  opened.catch(() => {})
  const readable = new ReadableStream<Uint8Array>({
    start(controller) {
      socket.on('data', (part: Buffer) => controller.enqueue(new Uint8Array(part)))
      socket.once('end', () => controller.close()).once('error', (fault) => controller.error(fault))
    },
  })
  const writable = new WritableStream<Uint8Array>({
    write: (part) =>
      new Promise((resolve, reject) => socket.write(part, (fault) => (fault ? reject(fault) : resolve()))),
  })
  const startTls = () => {
    if (!secure) throw new Error('the connection has TLS')
    socket.removeAllListeners('data').removeAllListeners('end')
    return connectionOn(secure(), 'secureConnect')
  }
  return { opened, readable, writable, startTls, close: async () => void socket.destroy() }
}
