import { expect, test } from 'vitest'
import { addresses } from '../../scripts/worst-inputs/questions.ts'
import { routesWithout } from './public-routes.ts'

test('npm run worst-inputs asks for an address of each public route', () => {
  expect(routesWithout(addresses)).toEqual([])
})
