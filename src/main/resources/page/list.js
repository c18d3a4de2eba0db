// The symbol list: a listbox that is filtered and steered from its search box.

import * as format from './format.js';

const FLASH = !matchMedia('(prefers-reduced-motion: reduce)').matches;

export class SymbolList {
  #rows = new Map();
  #made = 0;
  #active = null;
  #selected = null;

  constructor({ search, list, empty, count }, onChoose) {
    this.search = search;
    this.list = list;
    this.empty = empty;
    this.count = count;
    this.onChoose = onChoose;
    search.addEventListener('input', () => this.#filter());
    search.addEventListener('keydown', (event) => this.#key(event));
    list.addEventListener('keydown', (event) => this.#key(event));
    list.addEventListener('click', (event) => {
      const option = event.target.closest('[role=option]');
      if (option) {
        this.#choose(option.dataset.symbol);
      }
    });
  }

  /** @param whole whether a symbol that is not among the rows is gone */
  update(symbols, whole) {
    symbols.forEach((row) => this.#put(row));
    if (whole) {
      const present = new Set(symbols.map((row) => row.symbol));
      [...this.#rows.keys()].filter((symbol) => !present.has(symbol)).forEach((symbol) => {
        this.#rows.get(symbol).option.remove();
        this.#rows.delete(symbol);
      });
    }
    this.#filter();
  }

  row(symbol) {
    return this.#rows.get(symbol)?.row;
  }

  first() {
    return [...this.#rows.keys()].sort()[0];
  }

  select(symbol) {
    this.#rows.get(this.#selected)?.option.setAttribute('aria-selected', 'false');
    this.#selected = symbol;
    const option = this.#rows.get(symbol)?.option;
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    this.#activate(option ?? null);
  }

  #put(row) {
    let held = this.#rows.get(row.symbol);
    if (!held) {
      held = this.#add(row.symbol);
    }
    const before = held.row;
    held.row = row;
    const change = format.change(row.change, row.percent);
    held.last.textContent = format.decimal(row.last);
    held.change.textContent = `${change.arrow} ${change.percent}`;
    held.option.dataset.way = change.way;
    held.option.dataset.revision = row.revision;
    held.option.title =
      `${change.absolute} since the open of the session, minute volume ${format.volume(row.volume)}, `
      + format.utc(row.revision);
    if (FLASH && before && before.last !== row.last) {
      this.#flash(held.last, Number(row.last) - Number(before.last));
    }
  }

  #add(symbol) {
    const option = document.createElement('li');
    option.id = `option-${this.#made++}`;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', String(symbol === this.#selected));
    option.dataset.symbol = symbol;
    const cells = ['name', 'last', 'change'].map((name) => {
      const cell = document.createElement('span');
      cell.className = name;
      option.append(cell);
      return cell;
    });
    cells[0].textContent = symbol;
    this.list.insertBefore(option, this.#after(symbol));
    const held = { option, last: cells[1], change: cells[2], row: null };
    this.#rows.set(symbol, held);
    if (symbol === this.#selected) {
      this.#activate(option);
    }
    return held;
  }

  /** The first option behind the symbol, or null; symbols come in order, so most go to the end. */
  #after(symbol) {
    const last = this.list.lastElementChild;
    if (!last || last.dataset.symbol < symbol) {
      return null;
    }
    const options = this.list.children;
    let low = 0;
    let high = options.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (options[middle].dataset.symbol > symbol) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return options[low];
  }

  #flash(cell, difference) {
    cell.getAnimations().forEach((animation) => animation.cancel());
    const colour = difference > 0 ? 'var(--up-soft)' : 'var(--down-soft)';
    cell.animate({ backgroundColor: [colour, 'transparent'] }, { duration: 700, easing: 'ease-out' });
  }

  #filter() {
    const wanted = this.search.value.trim().toUpperCase();
    let shown = 0;
    for (const [symbol, { option }] of this.#rows) {
      option.hidden = !symbol.toUpperCase().includes(wanted);
      shown += option.hidden ? 0 : 1;
    }
    this.empty.hidden = shown > 0;
    this.empty.textContent = this.#rows.size === 0
      ? 'Waiting for the first bar' : `No symbol contains “${this.search.value.trim()}”`;
    this.count.textContent = this.#rows.size === 0 ? ''
      : wanted ? `${shown} of ${this.#rows.size} symbols` : `${shown} symbols`;
    if (this.#active?.hidden || !this.#active?.isConnected) {
      this.#activate(this.#shown()[0] ?? null);
    }
  }

  #shown() {
    return [...this.list.children].filter((option) => !option.hidden);
  }

  #key(event) {
    const options = this.#shown();
    const at = options.indexOf(this.#active);
    const moves = {
      ArrowDown: Math.min(at + 1, options.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      PageDown: Math.min(at + 10, options.length - 1),
      PageUp: Math.max(at - 10, 0),
    };
    if (event.key in moves && options.length > 0) {
      this.#activate(options[moves[event.key]]);
      this.#active.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && this.#active) {
      this.#choose(this.#active.dataset.symbol);
    } else if (event.key === 'Escape' && this.search.value !== '') {
      this.search.value = '';
      this.#filter();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  #activate(option) {
    this.#active?.classList.remove('active');
    this.#active = option;
    option?.classList.add('active');
    for (const steered of [this.search, this.list]) {
      if (option) {
        steered.setAttribute('aria-activedescendant', option.id);
      } else {
        steered.removeAttribute('aria-activedescendant');
      }
    }
  }

  #choose(symbol) {
    this.select(symbol);
    this.onChoose(symbol);
  }
}
