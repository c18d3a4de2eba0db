// The application's read-only JSON.

const PATIENCE = 5000;

async function get(path, parameters, signal) {
  const address = new URL(path, document.baseURI);
  for (const [name, value] of Object.entries(parameters)) {
    address.searchParams.set(name, value);
  }
  const patience = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(address, { signal: AbortSignal.any([signal, patience]) });
  if (!answer.ok) {
    throw new Error(`${path} answered ${answer.status}`);
  }
  return answer.json();
}

/** {now, session, symbols: [{symbol, last, open, change, percent, volume, start, revision}]} */
export const symbols = (since, signal) => get('api/symbols', { since }, signal);

/** [{start, end, open, high, low, close, volume, vwap, trades, seconds, revision, final}] */
export const bars = (symbol, from, signal) => get('api/bars', { symbol, from }, signal);

/** [{end, open, high, low, close, seconds, revision}] */
export const averages = (symbol, from, step, since, signal) =>
  get('api/averages', { symbol, from, step, since }, signal);
