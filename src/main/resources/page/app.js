// The page: what is selected, when to ask, what to say.

import * as api from './api.js';
import * as format from './format.js';
import { AVERAGES, PriceChart } from './chart.js';
import { SymbolList } from './list.js';
import { Series } from './series.js';
import { Status } from './status.js';

const EACH = 1000;
const LIST_WHOLE_AGAIN = 60_000;
const LIST_DISORDER = 5_000;
const SAY_PRICE_EACH = 15_000;
const RANGES = [
  { name: '15m', span: 15 * 60_000, step: 1, title: 'Last 15 minutes' },
  { name: '1h', span: 60 * 60_000, step: 5, title: 'Last hour' },
  { name: '4h', span: 240 * 60_000, step: 15, title: 'Last 4 hours' },
  { name: 'All', span: Infinity, step: 60, title: 'The whole session' },
];

const by = (id) => document.getElementById(id);
const status = new Status(by('status'), by('status-said'));
const chart = new PriceChart(by('chart'), tellBar);
const list = new SymbolList(
  { search: by('search'), list: by('list'), empty: by('list-empty'), count: by('list-count') },
  (symbol) => {
    location.hash = encodeURIComponent(symbol);
    closeDrawer();
  });

let selected = null;
let range = RANGES[1];
let series = null;
let session = 0;
let newest = { start: 0, revision: 0 };
let listLoadedAt = -Infinity;
let priceSaidAt = -Infinity;
let failures = 0;
let timer = 0;
let running = new AbortController();

function select(symbol) {
  if (symbol === selected) {
    return;
  }
  selected = symbol;
  list.select(symbol);
  priceSaidAt = -Infinity;
  by('symbol').textContent = symbol;
  document.title = `${symbol} · Market Analytics`;
  restart();
}

/** Another symbol or range: what is under way is of no use any more. */
function restart() {
  series = null;
  chart.show([], [], range.span);
  notice('Loading', selected ?? '', true);
  tellPrice();
  pollNow();
}

function pollNow() {
  running.abort();
  running = new AbortController();
  clearTimeout(timer);
  if (!document.hidden) {
    poll(running.signal);
  }
}

async function poll(signal) {
  const started = performance.now();
  try {
    await refreshList(signal);
    if (selected) {
      await refreshSeries(signal);
    }
    failures = 0;
    status.reached();
  } catch (failure) {
    if (signal.aborted) {
      return;
    }
    failures += 1;
    status.lost(retryIn());
    if (!series?.bars.length) {
      notice('No connection', 'The application does not answer. Trying again.', false);
    }
  }
  if (!signal.aborted) {
    const wait = failures ? retryIn() : Math.max(EACH / 4, EACH - (performance.now() - started));
    timer = setTimeout(() => poll(signal), wait);
  }
}

const retryIn = () => Math.min(10, 2 ** (failures - 1)) * 1000;

async function refreshList(signal) {
  const whole = performance.now() - listLoadedAt > LIST_WHOLE_AGAIN;
  const answer = await api.symbols(whole ? 0 : Math.max(0, newest.revision - LIST_DISORDER), signal);
  if (whole || answer.session !== session) {
    // a new session: what was listed may have no bar in it
    listLoadedAt = whole ? performance.now() : -Infinity;
  }
  session = answer.session;
  for (const row of answer.symbols) {
    newest = {
      start: Math.max(newest.start, row.start), revision: Math.max(newest.revision, row.revision),
    };
  }
  list.update(answer.symbols, whole);
  status.fresh(newest.revision, answer.now);
  if (!selected) {
    const wanted = fromHash() ?? list.first();
    if (wanted) {
      selectFirst(wanted);
    } else {
      notice('Waiting for the first bar', 'Prices appear here as soon as the market sends some.', true);
    }
  }
  tellPrice();
}

/** Inside a poll: sets what a select() sets, without starting another poll. */
function selectFirst(symbol) {
  selected = symbol;
  list.select(symbol);
  by('symbol').textContent = symbol;
  document.title = `${symbol} · Market Analytics`;
  notice('Loading', symbol, true);
}

async function refreshSeries(signal) {
  const next = !series || series.outdated ? new Series(selected, oldest(), range.step) : series;
  await next.refresh(signal);
  series = next;
  const { bars, averages } = series;
  chart.show(bars, averages, range.span);
  if (bars.length > 0) {
    notice(null);
  } else {
    notice(newest.start === 0 ? 'Waiting for the first bar' : `No bars of ${selected}`,
      newest.start === 0 ? 'Prices appear here as soon as the market sends some.' : 'None in this session yet.', newest.start === 0);
  }
}

/** Where the range begins, as of the newest bar. */
function oldest() {
  const end = (list.row(selected)?.start ?? newest.start) + 60_000;
  return Math.max(0, Number.isFinite(range.span) ? end - range.span : session);
}

function tellPrice() {
  const row = list.row(selected);
  const change = format.change(row?.change, row?.percent);
  by('last').textContent = row ? format.decimal(row.last) : '–';
  by('change').textContent = row ? `${change.arrow} ${change.absolute} (${change.percent})` : '';
  by('change').dataset.way = row ? change.way : 0;
  by('change').title = row ? `Since the open of the session, ${format.decimal(row.open)}` : '';
  by('last').title = row ? format.utc(row.revision) : '';
  if (row && performance.now() - priceSaidAt > SAY_PRICE_EACH) {
    priceSaidAt = performance.now();
    by('last-said').textContent = `${row.symbol} ${format.decimal(row.last)}, ${change.percent}`;
  }
}

function tellBar(bar, average, pointed) {
  const way = bar ? Math.sign(Number(bar.close) - Number(bar.open)) : 0;
  const cells = bar ? [
    ['', `${format.date(bar.start)} ${format.minute(bar.start)}`, format.utc(bar.start), 'when'],
    ['O', format.decimal(bar.open), 'Open'],
    ['H', format.decimal(bar.high), 'High'],
    ['L', format.decimal(bar.low), 'Low'],
    ['C', format.decimal(bar.close), 'Close'],
    ['V', format.volume(bar.volume), `Volume ${format.decimal(bar.volume)}, ${bar.trades} trades`],
    ['VWAP', format.shortened(bar.vwap), `Volume-weighted average price ${format.decimal(bar.vwap)}`],
  ] : [];
  by('readout').replaceChildren(...cells.map(([name, value, title, kind]) => {
    const cell = document.createElement('div');
    const term = document.createElement('dt');
    const text = document.createElement('dd');
    cell.title = title;
    cell.className = kind ?? '';
    term.textContent = name;
    text.textContent = value;
    cell.append(term, text);
    return cell;
  }));
  by('readout').dataset.way = way;
  by('readout').dataset.pointed = pointed;
  by('chart').setAttribute('aria-label', bar
    ? `${selected}, one-minute candles. ${cells.map(([name, value]) => `${name} ${value}`.trim()).join(', ')}`
    : 'One-minute candles');
  for (const { key } of AVERAGES) {
    const value = document.querySelector(`#averages [data-average=${key}] output`);
    value.textContent = average ? format.shortened(average[key]) : '–';
    value.title = average ? `${format.decimal(average[key])} at ${format.utc(average.end)}` : '';
  }
}

function notice(title, text = '', busy = false) {
  const box = by('notice');
  box.hidden = title === null;
  box.dataset.busy = busy;
  if (title !== null && box.children[1].textContent + box.children[2].textContent !== title + text) {
    box.children[1].textContent = title;
    box.children[2].textContent = text;
  }
}

/** The symbol that the address names; what cannot be one is as good as none. */
function fromHash() {
  try {
    return /^[A-Za-z0-9.:/_+-]{1,32}$/.exec(decodeURIComponent(location.hash.slice(1)))?.[0] ?? null;
  } catch {
    return null;
  }
}

function closeDrawer() {
  if (document.body.classList.contains('drawer-open')) {
    drawer(false);
    by('drawer').focus();
  }
}

const narrow = matchMedia('(max-width: 760px)');

function drawer(open) {
  document.body.classList.toggle('drawer-open', open);
  by('drawer').setAttribute('aria-expanded', String(open));
  by('symbols').inert = narrow.matches && !open;
  if (open) {
    by('search').focus();
  }
}

function buildControls() {
  for (const offered of RANGES) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = offered.name;
    button.title = offered.title;
    button.setAttribute('aria-pressed', String(offered === range));
    button.addEventListener('click', () => {
      range = offered;
      [...by('ranges').children].forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
      chart.resetZoom();
      restart();
    });
    by('ranges').append(button);
  }
  for (const { key, name } of AVERAGES) {
    const button = document.createElement('button');
    const swatch = document.createElement('i');
    const value = document.createElement('output');
    button.type = 'button';
    button.dataset.average = key;
    button.setAttribute('aria-pressed', 'true');
    swatch.setAttribute('aria-hidden', 'true');
    value.setAttribute('aria-live', 'off');
    button.append(swatch, name, value);
    button.addEventListener('click', () => {
      const on = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(on));
      chart.toggle(key, on);
    });
    by('averages').append(button);
  }
}

function theme() {
  const set = document.documentElement.dataset.theme;
  return set ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
}

function switchTheme() {
  const next = theme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem('theme', next);
  } catch {
    // not remembered, still switched
  }
  nameTheme();
  chart.restyle();
}

function nameTheme() {
  const label = `Switch to the ${theme() === 'dark' ? 'light' : 'dark'} theme`;
  by('theme').title = label;
  by('theme').lastElementChild.textContent = label;
}

buildControls();
nameTheme();
drawer(false);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
by('zone').textContent = `Times: ${zone}`;
by('theme').addEventListener('click', switchTheme);
by('drawer').addEventListener('click', () => drawer(!document.body.classList.contains('drawer-open')));
by('shade').addEventListener('click', closeDrawer);
narrow.addEventListener('change', () => drawer(false));
matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => {
  nameTheme();
  chart.restyle();
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== by('search') && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (narrow.matches) {
      drawer(true);
    }
    by('search').focus();
    by('search').select();
  } else if (event.key === 'Escape') {
    closeDrawer();
  }
});
window.addEventListener('hashchange', () => {
  const wanted = fromHash();
  if (wanted) {
    select(wanted);
  }
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    running.abort();
    clearTimeout(timer);
    status.paused();
  } else {
    pollNow();
  }
});
pollNow();
