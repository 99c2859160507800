import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')

/** Runs a command in a process that takes the given version for the version of Node, if a JavaScript condition holds. */
function runAs(version: string, operands: readonly string[], condition = 'true', cwd = root) {
  const pretend = `if(${condition})Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, ...operands], {
    cwd,
    encoding: 'utf8',
    timeout: 20_000,
  })
  return { status, stdout, stderr }
}

describe('a Node that cannot run TypeScript', () => {
  const commands: [what: string, operands: string[]][] = [
    ['npm start', manifest.scripts.start.split(' ').slice(1)],
    ['npx kiosque', [manifest.bin.kiosque, 'help']],
  ]
  for (const version of ['20.20.2', '22.17.9'])
    test.for(commands)(`${version}: %s says in one line which one is needed`, ([, operands]) => {
      const { status, stdout, stderr } = runAs(version, operands)
      expect([status, stdout, stderr.split('\n').length]).toEqual([1, '', 2])
      expect(stderr, `${version}`).toContain(
        `Kiosque needs Node 22.18 or newer, and this is ${version}; \`npm ci\` brings one`,
      )
    })

  const isBrought = existsSync(join(root, 'node_modules/.bin/node'))
  test.skipIf(!isBrought)(
    'runs a command from another folder with the Node that `npm ci` has brought',
    () => {
      const operands = [join(root, manifest.bin.kiosque), 'frobnicate', '--to', 'a b']
      const { status, stdout, stderr } = runAs('20.20.2', operands, '!process.env.KIOSQUE_NODE', tmpdir())
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toContain('frobnicate')
      expect(stderr).not.toContain('Kiosque needs Node')
    },
  )

  test.for(['22.18.0', '24.0.0', '30.1.0'])('%s is new enough', (version) => {
    const { status, stdout } = runAs(version, [manifest.bin.kiosque, 'help'])
    expect([status, stdout.split('\n')[0]]).toEqual([0, 'Usage: npx kiosque COMMAND [options]'])
  })
})

test('the Node that comes with an installation is in the lockfile, by hash and for each system in one version', async () => {
  const { default: lock } = await import('../../package-lock.json', { with: { type: 'json' } })
  const packages: Record<string, { version?: string; integrity?: string; hasInstallScript?: boolean }> =
    lock.packages
  const names = Object.keys(manifest.optionalDependencies).filter((name) =>
    /^node-(?:bin-)?\w+-\w+$/.test(name),
  )
  expect(names.length).toBeGreaterThan(2)
  const brought = names.map((name) => packages[`node_modules/${name}`])
  for (const one of brought) expect(one?.integrity).toMatch(/^sha512-/)
  const [first] = brought
  expect(brought.map((one) => one?.version)).toEqual(brought.map(() => first?.version))
  expect(brought.filter((one) => one?.hasInstallScript)).toEqual([])
})

test('no install script is allowed to run', () => {
  expect(Object.values(manifest.allowScripts)).not.toContain(true)
})
