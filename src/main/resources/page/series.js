// What is known of one symbol: its bars and averages, first loaded whole, then only what changed.

import * as api from './api.js';

/** A second sent late may revise a row for this long, so so much is asked for again each time. */
const REVISABLE = 180_000;
/** Rows of one symbol may be written slightly out of the order of their revisions. */
const DISORDER = 5_000;
/** The range moves on, and gaps that a backfill closes lie further back: everything is loaded again now and then. */
const WHOLE_AGAIN = 60_000;

export class Series {
  #bars = new Map();
  #averages = new Map();
  #madeAt = performance.now();
  #revision = 0;

  /** @param step seconds between two averages  @param from ms, the oldest time to show */
  constructor(symbol, from, step) {
    this.symbol = symbol;
    this.from = from;
    this.step = step;
  }

  /** Whether one that begins later has to take its place; without a bar it was made before its time was known. */
  get outdated() {
    return this.#bars.size === 0 || performance.now() - this.#madeAt > WHOLE_AGAIN;
  }

  get bars() {
    return [...this.#bars.values()];
  }

  get averages() {
    return [...this.#averages.values()];
  }

  async refresh(signal) {
    const averagesFrom = Math.max(this.from, this.#lastAverage() - REVISABLE);
    const since = Math.max(0, this.#revision - DISORDER);
    const [bars, averages] = await Promise.all([
      api.bars(this.symbol, this.#firstUnfinished(), signal),
      api.averages(this.symbol, averagesFrom, this.step, since, signal),
    ]);
    bars.forEach((bar) => this.#bars.set(bar.start, { ...bar, final: Boolean(bar.final) }));
    averages.forEach((average) => {
      this.#averages.set(average.end, average);
      this.#revision = Math.max(this.#revision, average.revision);
    });
    this.#bars = sorted(this.#bars);
    this.#averages = sorted(this.#averages);
  }

  #firstUnfinished() {
    const bars = this.bars;
    const open = bars.find((bar, i) => !bar.final && i >= bars.length - 10);
    return open?.start ?? bars.at(-1)?.start ?? this.from;
  }

  #lastAverage() {
    return this.averages.at(-1)?.end ?? this.from;
  }
}

const sorted = (map) => new Map([...map].sort(([a], [b]) => a - b));
