import { app } from '../../src/app.ts'
import { isOf } from '../routes.ts'

/** The routes that readers request. */
export const publicRoutes = app.routes
  .filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/'))
  .map(({ path }) => path)

/** The routes without parameters: addresses that feed readers guess, and addresses that depend on no article. */
export const fixedRoutes = publicRoutes.filter((path) => !/[:*{]/.test(path))

/** The public routes that none of the addresses matches. */
export const routesWithout = (addresses: readonly string[]): string[] =>
  publicRoutes.filter((path) => !addresses.some((address) => isOf(path, address)))
