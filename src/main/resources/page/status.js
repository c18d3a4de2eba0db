// One line that says whether what is on the screen is the market's present.

import * as format from './format.js';

/** The newest event may be this old before the page stops calling itself live. */
const STALE = 10_000;

export class Status {
  #age = Infinity;
  #agedAt = 0;
  #retryAt = 0;
  #state = 'connecting';

  constructor(line, said) {
    this.line = line;
    this.said = said;
    setInterval(() => this.#tell(), 1000);
  }

  /** @param revision when the newest event reached the application, ms  @param now the application's clock, ms */
  fresh(revision, now) {
    this.#age = revision === 0 ? Infinity : now - revision;
    this.#agedAt = performance.now();
  }

  reached() {
    this.#become(this.#age === Infinity ? 'waiting' : this.#since() > STALE ? 'stale' : 'live');
  }

  /** @param wait ms until the next attempt */
  lost(wait) {
    this.#retryAt = performance.now() + wait;
    this.#become('lost');
  }

  paused() {
    this.#become('paused');
  }

  #since() {
    return this.#age + performance.now() - this.#agedAt;
  }

  #become(state) {
    const changed = state !== this.#state;
    this.#state = state;
    this.#tell();
    if (changed) {
      this.said.textContent = this.line.lastElementChild.textContent;
    }
  }

  #tell() {
    const text = {
      connecting: () => 'Connecting',
      waiting: () => 'Waiting for data',
      live: () => 'Live',
      stale: () => `Stale for ${format.span(this.#since())}`,
      lost: () => `Disconnected, retry in ${format.span(Math.max(0, this.#retryAt - performance.now()))}`,
      paused: () => 'Paused',
    }[this.#state]();
    this.line.dataset.state = this.#state;
    this.line.lastElementChild.textContent = text;
  }
}
