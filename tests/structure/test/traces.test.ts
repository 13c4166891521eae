import { describe, expect, test } from 'vitest'
import { committableFiles, isCheckout, read } from '../src/repository.ts'
import { downloadAddressesIn, privateTracesIn } from '../src/private-trace.ts'

describe('what is committed holds nothing of the machine it was written on', () => {
  test.runIf(isCheckout)('files', () => {
    const files = committableFiles()
    expect(files).toContain('package.json')
    const traces = files.flatMap((path) => privateTracesIn(read(path)).map((trace) => `${path}: ${trace}`))
    expect(traces).toEqual([])
  })

  test('the lockfile leaves the registry to each machine', () => {
    expect(downloadAddressesIn(read('pnpm-lock.yaml'))).toEqual([])
  })
})

describe('the check of traces', () => {
  // Put together here, so that this file holds none itself.
  const folder = (name: string) => ['', name, 'someone'].join('/')
  const host = (...parts: string[]) => parts.join('.')

  test.each([
    `const path = '${folder('home')}/project'`,
    `see ${folder('Users')}`,
    `(${folder('tmp')})`,
    `file://${folder('work')}`,
    `cd ${folder('root')}`,
    ['C:', 'Users', 'someone'].join('\\'),
    `registry=https://${host('registry', 'npmjs', 'org')}/`,
    `https://${host('registry', 'internal')}/`,
    `https://${host('npm', 'company', 'com')}/-/core.tgz`,
    `//host/:${['_auth', 'Token'].join('')}=secret`,
  ])('finds: %s', (text) => expect(privateTracesIn(text)).toHaveLength(1))

  test.each([
    'https://example.com/home/page',
    './tmp/file and src/work/flow',
    'https://docs.npmjs.com/trusted-publishers',
    'npm.im, npm ci, the registry. Then the rest',
    '/v2/chat',
    '~/work/project',
  ])('lets pass: %s', (text) => expect(privateTracesIn(text)).toEqual([]))

  test.each(['resolution: {tarball: ../core.tgz}', 'resolution: {integrity: a, x: https://host/core.tgz}'])(
    'finds an address in a lockfile: %s',
    (text) => expect(downloadAddressesIn(`packages:\n  ${text}\n`)).toHaveLength(1),
  )

  test('an integrity hash alone is no address', () => {
    expect(downloadAddressesIn('resolution: {integrity: sha512-abc==}\nengines: {node: ">=20"}')).toEqual([])
  })
})
