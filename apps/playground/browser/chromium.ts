import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Where a Chromium is; `undefined` where there is none. */
export const chromiumPath: string | undefined = places.find((path) => path !== undefined && existsSync(path))

export const whyNoBrowser = 'no Chromium is installed here; CHROMIUM_PATH says where one is'

export function launchBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error(whyNoBrowser)
  return chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
