// Runs one scenario of scenarios.mjs in headless Chromium: node browser.mjs CHROMIUM ADDRESS SCENARIO [SCREENSHOT]
// Prints "ready" when the scenario waits for a change in the database; exit code 0 when all of it held.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import * as scenarios from './scenarios.mjs';

const [executablePath, address, name, screenshot] = process.argv.slice(2);
const scenario = scenarios[name];
assert.ok(scenario, `no scenario ${name}; there are ${Object.keys(scenarios)}`);

const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 }, colorScheme: 'dark', timezoneId: 'America/New_York', locale: 'en-US',
    ...scenario.context,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      complaints.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`page error: ${error.stack}`));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(address).host) {
      complaints.push(`request to another host: ${request.url()}`);
    }
  });
  try {
    await scenario.run(page, address, () => console.log('ready'));
    if (!scenario.complains) {
      assert.deepEqual(complaints, []);
    }
  } finally {
    if (screenshot) {
      await page.screenshot({ path: screenshot });
    }
  }
} finally {
  await browser.close();
}
