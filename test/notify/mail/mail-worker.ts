import { connect } from 'cloudflare:sockets'
import { mailOf } from '../../../src/config/mail.ts'
import { parseConfig } from '../../../src/config/settings.ts'
import type { MailEnvelope, Sent } from '../../../src/notify/mail/transport.ts'
import { mailPort } from '../../../src/platform/mail.ts'
import { type Attempt, runAttempt } from './attempt.ts'

/** Mails that are sent with the settings of a site. */
export interface Delivery {
  settings: Record<string, string>
  hasBinding: boolean
  mails: readonly { envelope: MailEnvelope; message: string }[]
}

/** A Worker that makes the attempt, or the delivery, in the body of a request, and answers with the outcomes. */
export default {
  async fetch(request: Request, env: { EMAIL: SendEmail }): Promise<Response> {
    const asked = await request.json()
    if (new URL(request.url).pathname === '/attempt')
      return Response.json(await runAttempt(connect, asked as Attempt))
    return Response.json(await deliver(asked as Delivery, env.EMAIL))
  },
}

async function deliver({ settings, hasBinding, mails }: Delivery, email: SendEmail): Promise<Sent[] | 'off'> {
  const config = parseConfig(settings)
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  const state = mailOf(config.value)
  if (state.kind !== 'on') return 'off'
  const to = { destination: state.mail.destination, url: config.value.site.url }
  const openMail = mailPort(hasBinding ? email : undefined, to, {
    within: (_, work) => work,
    send: (request) => fetch(request),
  })
  const transport = await openMail()
  const sent: Sent[] = []
  for (const { envelope, message } of mails) sent.push(await transport.send(envelope, message))
  await transport.close()
  return sent
}
