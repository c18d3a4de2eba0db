// Polygon's own client against the server at the address given: prints one JSON line with what it received.
import { websocketClient } from '@polygon.io/client-js';

const [url, key] = process.argv.slice(2);
const received = { statuses: [], trades: 0, aggregates: 0, symbols: [] };
const symbols = new Set();
const feed = websocketClient(key, url).stocks();

const finish = (error) => {
  received.symbols = [...symbols].sort();
  console.log(JSON.stringify({ ...received, error }));
  process.exit(error ? 1 : 0);
};

setTimeout(() => finish('nothing more within 20 s'), 20_000);
feed.onerror = (event) => finish(String(event.message ?? event));
feed.onmessage = ({ data }) => {
  for (const message of JSON.parse(data)) {
    if (message.ev === 'status') {
      received.statuses.push(`${message.status}: ${message.message}`);
      if (message.status === 'auth_success') {
        feed.send(JSON.stringify({ action: 'subscribe', params: 'T.AAPL,A.*' }));
      }
    } else {
      symbols.add(message.sym);
      received.trades += message.ev === 'T' ? 1 : 0;
      received.aggregates += message.ev === 'A' ? 1 : 0;
    }
  }
  if (received.trades >= 20 && received.aggregates >= 20) {
    finish();
  }
};
