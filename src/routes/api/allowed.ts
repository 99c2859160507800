import type { Scope } from '../../config/parsers.ts'
import { maxArticleBytes } from '../../domain/article.ts'
import { type Problem, retrySeconds } from '../../domain/problem.ts'
import { bearerOf, entryFor } from '../../http/token.ts'
import { answerProblem, type Exchange } from '../answer.ts'

/** The largest number of bytes of an article. It is also the limit for the body of a request. */
export const maxBodyBytes = maxArticleBytes

/** The largest line of a request with many lines: an article, and what a backup says about it. */
export const maxLineBytes = maxBodyBytes + 262_144

type Handler = (exchange: Exchange) => Promise<Response>

/** Wraps a handler so that it runs only if the request has a token with the given scope. */
export function allowed(scope: Scope, handler: Handler): Handler {
  return async (exchange) => {
    const problem = await refusal(exchange, scope)
    return problem ? answerProblem(exchange, problem) : handler(exchange)
  }
}

/** Tells whether a request has one of the tokens, whatever its scopes. */
export async function hasToken({ env, req }: Exchange): Promise<boolean> {
  const token = bearerOf(req.raw.headers)
  return token !== undefined && (await entryFor(token, env.config.apiTokens)) !== undefined
}

/** Tells whether the token of a request that is allowed has a further scope. */
export async function hasScope({ env, req }: Exchange, scope: Scope): Promise<boolean> {
  const entry = await entryFor(bearerOf(req.raw.headers) ?? '', env.config.apiTokens)
  return entry?.scopes.includes(scope) === true
}

/** The name of the token of a request that is allowed. */
export async function tokenName({ env, req }: Exchange): Promise<string> {
  const entry = await entryFor(bearerOf(req.raw.headers) ?? '', env.config.apiTokens)
  return entry?.name ?? ''
}

/** The problem of a request without a token for the given scope; undefined if the request is allowed. */
async function refusal({ env, req }: Exchange, scope: Scope): Promise<Problem | undefined> {
  const tokens = env.config.apiTokens
  if (tokens.length === 0) return { kind: 'no-token-configured' }
  const token = bearerOf(req.raw.headers)
  const entry = token && (await entryFor(token, tokens))
  if (entry) return entry.scopes.includes(scope) ? undefined : { kind: 'forbidden', scope }
  const client = req.header('CF-Connecting-IP') ?? 'unknown'
  return (await env.mayFail(client))
    ? { kind: 'unauthorized' }
    : { kind: 'too-many-failures', seconds: retrySeconds }
}
