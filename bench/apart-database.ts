import type { Sent } from './apart.ts'

/** Runs the statements of a request in one batch, and answers with their results. */
export default {
  async fetch(request, env): Promise<Response> {
    const sent = (await request.json()) as Sent[]
    try {
      const [one, ...others] = sent.map(({ sql, values }) => env.DB.prepare(sql).bind(...values))
      if (!one) throw new Error('no statement')
      return Response.json(others.length === 0 ? [await one.all()] : await env.DB.batch([one, ...others]))
    } catch (fault) {
      return new Response(String(fault), { status: 500 })
    }
  },
} satisfies ExportedHandler<Env>
