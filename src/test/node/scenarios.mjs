// What a person does with the page, and what must be seen then. The rows are written by PageBrowserIT.

import assert from 'node:assert/strict';

const text = (page, selector) => page.locator(selector).textContent();
const settled = (page) => page.locator('#chart:not([data-candles="0"])').waitFor();
const chosen = (page) => page.locator('#list [aria-selected=true]').getAttribute('data-symbol');
const until = (page, selector, wanted) =>
  page.waitForFunction(([s, w]) => document.querySelector(s)?.textContent.includes(w), [selector, wanted]);

/** How many pixels of the chart have about this colour. */
async function pixels(page, name) {
  return page.evaluate((variable) => {
    const wanted = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
    const [r, g, b] = wanted.match(/[0-9a-f]{2}/gi).map((pair) => parseInt(pair, 16));
    let found = 0;
    for (const canvas of document.querySelectorAll('#chart canvas')) {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] > 200 && Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12) {
          found += 1;
        }
      }
    }
    return found;
  }, name);
}

export const candles = {
  async run(page, address) {
    await page.goto(`${address}#AAPL`);
    await settled(page);

    const { candles, provisional, averages, close } = await page.locator('#chart').evaluate(({ dataset }) => ({ ...dataset }));
    assert.deepEqual({ candles, provisional, averages, close },
      { candles: '30', provisional: '1', averages: '30', close: '129.500000' });
    assert.ok(await pixels(page, '--up') > 500, 'rising candles are filled');
    assert.ok(await pixels(page, '--down') > 500, 'falling candles are filled');
    assert.ok(await pixels(page, '--average-high') > 50, 'the average of the highs is drawn');
    assert.equal(await text(page, '#last'), '129.50');
    assert.match(await text(page, '#change'), /▲ \+29\.50 \(\+29\.50 %\)/);
    assert.equal(await page.locator('#last').getAttribute('title').then((title) => title.endsWith(' UTC')), true);
    await until(page, '#status', 'Live');
  },
};

export const listFollowsTheDatabase = {
  async run(page, address, ready) {
    await page.goto(`${address}#AAPL`);
    await until(page, '[data-symbol=MSFT] .last', '200.50');
    ready();
    await until(page, '[data-symbol=MSFT] .last', '1,234.567');
    await until(page, '[data-symbol=MSFT] .change', '▲ +');
    await page.locator('[data-symbol=NEW]').waitFor();
  },
};

export const chartFollowsTheDatabase = {
  async run(page, address, ready) {
    await page.goto(`${address}#AAPL`);
    await settled(page);
    ready();
    await page.locator('#chart[data-candles="31"][data-close="77.250000"]').waitFor();
    await until(page, '#last', '77.25');
    await until(page, '#change', '▼ −');
  },
};

/** The list by itself, with rows that the page has not asked for. */
export const listKeepsOrderAndNames = {
  async run(page, address) {
    await page.goto(address);
    const options = await page.evaluate(async () => {
      const { SymbolList } = await import('/page/list.js');
      const [search, list, empty, count] = ['input', 'ul', 'p', 'p'].map((name) => document.createElement(name));
      const symbols = new SymbolList({ search, list, empty, count }, () => {});
      const rows = (...names) => names.map((symbol) => (
        { symbol, last: '1', open: '1', change: '0', percent: '0', volume: '1', start: 0, revision: 0 }));
      symbols.update(rows('M', 'X:B'), true);
      symbols.update(rows('X:B'), true);
      symbols.update(rows('X-B', 'A', 'Z', 'Y'), false);
      return [...list.children].map(({ id, dataset }) => ({ id, symbol: dataset.symbol }));
    });
    assert.deepEqual(options.map(({ symbol }) => symbol), ['A', 'X-B', 'X:B', 'Y', 'Z']);
    assert.equal(new Set(options.map(({ id }) => id)).size, 5);
  },
};

export const tenThousandSymbols = {
  async run(page, address) {
    await page.addInitScript(() => {
      window.longest = 0;
      new PerformanceObserver((tasks) => tasks.getEntries().forEach(({ duration }) => {
        window.longest = Math.max(window.longest, duration);
      })).observe({ type: 'longtask' });
    });
    await page.goto(`${address}#S00000`);
    await until(page, '#list-count', '10000 symbols');
    await settled(page);

    const longest = await page.evaluate(() => window.longest);
    assert.ok(longest < 4000, `the page stands still for ${longest} ms`);
  },
};

export const keyboard = {
  async run(page, address) {
    await page.goto(address);
    await settled(page);
    assert.equal(await chosen(page), 'AAPL');

    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
    await page.keyboard.press('ArrowDown');
    const active = await page.locator('#search').getAttribute('aria-activedescendant');
    assert.equal(await page.locator(`[id="${active}"]`).getAttribute('data-symbol'), 'MSFT');
    await page.keyboard.press('Enter');
    await until(page, '#symbol', 'MSFT');
    assert.equal(await chosen(page), 'MSFT');
    assert.equal(await page.evaluate(() => location.hash), '#MSFT');

    await page.keyboard.type('x:b');
    assert.equal(await page.locator('#list li:visible').count(), 1);
    await page.keyboard.press('Enter');
    await until(page, '#symbol', 'X:BTC-USD');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#search').inputValue(), '');

    await page.goBack();
    await until(page, '#symbol', 'MSFT');
    await settled(page);

    await page.locator('#chart').focus();
    const newest = await text(page, '#readout');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    assert.notEqual(await text(page, '#readout'), newest);
    assert.equal(await page.locator('#readout').getAttribute('data-pointed'), 'true');
    assert.match(await page.locator('#readout .when').getAttribute('title'), / UTC$/);
  },
};

export const averagesAndRanges = {
  async run(page, address) {
    await page.goto(`${address}#AAPL`);
    await settled(page);
    assert.equal(await text(page, '#averages [data-average=open] output'), '129.0000');
    assert.equal(await text(page, '#averages [data-average=close] output'), '129.3000');

    await page.locator('#averages [data-average=high]').click();
    assert.equal(await page.locator('#averages [data-average=high]').getAttribute('aria-pressed'), 'false');
    assert.equal(await pixels(page, '--average-high'), 0);

    await page.getByRole('button', { name: '15m' }).click();
    await page.locator('#chart[data-candles="15"]').waitFor();
    await page.getByRole('button', { name: 'All' }).click();
    await page.locator('#chart[data-candles="30"]').waitFor();
  },
};

export const phone = {
  context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  async run(page, address) {
    await page.goto(`${address}#AAPL`);
    await settled(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    assert.equal(await page.locator('#search').isVisible(), false);
    assert.ok(await page.locator('#chart').evaluate((chart) => chart.clientHeight) > 200);

    await page.locator('#drawer').tap();
    await page.locator('[data-symbol=MSFT]').tap();
    await until(page, '#symbol', 'MSFT');
    await page.locator('#search').waitFor({ state: 'hidden' });
    await settled(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  },
};

export const themes = {
  context: { colorScheme: 'light', reducedMotion: 'reduce' },
  async run(page, address) {
    const background = () => page.evaluate(() => getComputedStyle(document.querySelector('main')).backgroundColor);
    await page.goto(`${address}#AAPL`);
    await settled(page);
    assert.equal(await background(), 'rgb(255, 255, 255)');
    const light = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--up'));

    await page.locator('#theme').click();
    assert.notEqual(await background(), 'rgb(255, 255, 255)');
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--up')), light);
    assert.ok(await pixels(page, '--up') > 500, 'the candles take the colours of the theme');
    const dark = await background();
    await page.reload();
    await settled(page);
    assert.equal(await background(), dark);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.equal(await background(), dark);
  },
};

export const waitsForTheFirstBar = {
  async run(page, address, ready) {
    await page.goto(address);
    await until(page, '#notice', 'Waiting for the first bar');
    await until(page, '#status', 'Waiting for data');
    ready();
    await settled(page);
    await page.locator('#notice').waitFor({ state: 'hidden' });
  },
};

export const waitsForTheFirstBarOfASymbol = {
  async run(page, address, ready) {
    await page.goto(`${address}#AAPL`);
    await until(page, '#notice', 'Waiting for the first bar');
    await page.waitForRequest('**/api/averages*');
    ready();
    await settled(page);
  },
};

export const showsThePresentAfterAWhile = {
  async run(page, address, ready) {
    await page.clock.install();
    await page.goto(`${address}#AAPL`);
    await settled(page);
    await page.getByRole('button', { name: '15m' }).click();
    await page.locator('#chart[data-candles="15"]').waitFor();
    ready();
    await until(page, '#last', '77.25');
    await page.clock.fastForward('01:10');

    await page.locator('#chart[data-candles="15"][data-averages="901"]').waitFor();
    assert.equal(await text(page, '#averages [data-average=open] output'), '250.0000');
    await page.waitForResponse('**/api/averages*');
    await page.waitForResponse('**/api/averages*');
    assert.equal(await page.locator('#chart').getAttribute('data-averages'), '901');
  },
};

export const staleWhenNothingComes = {
  async run(page, address) {
    await page.goto(`${address}#AAPL`);
    await until(page, '#status', 'Stale for');
  },
};

export const saysThatItIsDisconnectedAndComesBack = {
  complains: true,
  async run(page, address) {
    await page.goto(`${address}#AAPL`);
    await settled(page);
    await page.route('**/api/**', (route) => route.abort());
    await until(page, '#status', 'Disconnected, retry in');
    assert.equal(await page.locator('#chart').getAttribute('data-candles'), '30');
    await page.unroute('**/api/**');
    await until(page, '#status', 'Live');
  },
};

export const asksNothingWhileHidden = {
  async run(page, address) {
    const hide = (hidden) => page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
    let asked = 0;
    await page.goto(`${address}#AAPL`);
    await settled(page);
    await hide(true);
    page.on('request', () => { asked += 1; });
    await page.waitForTimeout(2500);
    assert.equal(asked, 0);
    await hide(false);
    await page.waitForRequest('**/api/symbols*');
  },
};

export const oddAddresses = {
  async run(page, address) {
    await page.goto(`${address}#${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
    await settled(page);
    assert.equal(await text(page, '#symbol'), 'AAPL');

    await page.goto(`${address}#ZZZZ`);
    await until(page, '#notice', 'No bars of ZZZZ');
    await until(page, '#status', 'Live');

    await page.goto(`${address}#%E0%A4%A`);
    await page.reload();
    await settled(page);
  },
};
