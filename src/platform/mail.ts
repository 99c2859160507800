import type { MailDestination } from '../domain/mail.ts'
import type { Within } from '../domain/ports.ts'
import { callWith } from '../hub/outbound.ts'
import type { Transport } from '../notify/mail/transport.ts'

/** What opening a transport of mails needs of the Worker. */
interface MailPorts {
  within: Within
  /** Sends a request to another host. */
  send: (request: Request) => Promise<Response>
}

/**
 * Returns the port that opens a transport of mails. The modules of mail are loaded at the first mail, so no poll loads them.
 * `binding` is Cloudflare's binding `send_email`, if the Worker has it; `url` is the address of the site.
 */
export const mailPort =
  (
    binding: SendEmail | undefined,
    { destination, url }: { destination: MailDestination; url: string },
    { within, send }: MailPorts,
  ): (() => Promise<Transport>) =>
  async () => {
    const [{ connect }, { EmailMessage }, { openTransport }] = await Promise.all([
      import('cloudflare:sockets'),
      import('cloudflare:email'),
      import('../notify/mail/transport.ts'),
    ])
    const ports = { connect, within, name: new URL(url).hostname, call: callWith(send, `Kiosque (+${url})`) }
    const handOver = (email: SendEmail) => ({
      sendEmail: (from: string, to: string, message: string) =>
        email.send(new EmailMessage(from, to, message)),
    })
    return openTransport({ ...ports, ...(binding && handOver(binding)) }, destination)
  }
