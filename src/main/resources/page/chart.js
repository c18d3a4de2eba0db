// Candles, volume and the four averages on one time axis.

import * as format from './format.js';

const MINUTE = 60_000;
/** A market that has just opened is not stretched over the whole width. */
const NARROWEST = 10 * MINUTE;
/** Averages further apart than this are not joined by a line. */
const GAP = 2 * MINUTE;

export const AVERAGES = [
  { key: 'open', name: 'Open', dash: [6, 4], width: 1.2 },
  { key: 'high', name: 'High', dash: [2, 3], width: 1.2 },
  { key: 'low', name: 'Low', dash: [8, 3, 2, 3], width: 1.2 },
  { key: 'close', name: 'Close', dash: null, width: 1.8 },
];

export class PriceChart {
  #bars = [];
  #averages = [];
  #range = Infinity;
  #shown = new Set(AVERAGES.map(({ key }) => key));
  #cursor = null;
  #colours = {};

  constructor(element, onCursor) {
    this.element = element;
    this.onCursor = onCursor;
    this.chart = echarts.init(element, null, { renderer: 'canvas' });
    this.chart.on('updateAxisPointer', ({ axesInfo }) => {
      const time = axesInfo?.find((axis) => axis.axisDim === 'x')?.value;
      if (Number.isFinite(time)) {
        this.#point(this.#barAt(time));
      }
    });
    this.chart.getZr().on('globalout', () => this.#point(null));
    element.addEventListener('keydown', (event) => this.#key(event));
    element.addEventListener('blur', () => this.#leave());
    new ResizeObserver(() => {
      this.chart.resize();
      this.#draw();
    }).observe(element);
    this.restyle();
  }

  show(bars, averages, range) {
    this.#bars = bars;
    this.#averages = averages;
    this.#range = range;
    if (this.#cursor && !bars.some(({ start }) => start === this.#cursor)) {
      this.#cursor = null;
    }
    this.#draw();
    this.#report();
  }

  toggle(key, on) {
    if (on) {
      this.#shown.add(key);
    } else {
      this.#shown.delete(key);
    }
    this.#draw();
  }

  resetZoom() {
    this.chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 });
  }

  /** Reads the colours of the page's theme again. */
  restyle() {
    const style = getComputedStyle(document.documentElement);
    const names = ['up', 'down', 'text', 'muted', 'line', 'grid', 'panel', 'raised'];
    this.#colours = Object.fromEntries(
      [...names, ...AVERAGES.map(({ key }) => `average-${key}`)]
        .map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    this.chart.setOption(this.#frame());
    this.#draw();
  }

  #frame() {
    const { muted, line, grid, text, raised } = this.#colours;
    const narrow = this.element.clientWidth < 560;
    const right = narrow ? 58 : 74;
    const label = { color: muted, fontSize: 11, fontFamily: 'inherit' };
    const pointerLabel = {
      color: text, backgroundColor: raised, borderColor: line, borderWidth: 1, fontSize: 11, padding: [4, 6],
      shadowBlur: 0,
    };
    const pointer = { show: true, triggerTooltip: false, lineStyle: { color: muted, type: 'dashed', width: 1 } };
    const timeAxis = {
      type: 'time',
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: grid } },
      minInterval: MINUTE,
      splitNumber: narrow ? 3 : 8,
    };
    const valueAxis = {
      position: 'right', scale: true, axisLine: { show: false }, axisTick: { show: false },
      splitLine: { lineStyle: { color: grid } },
    };
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [
        { left: 20, right, top: 12, bottom: '27%', outerBoundsMode: 'none' },
        { left: 20, right, top: '77%', bottom: 26, outerBoundsMode: 'none' },
      ],
      xAxis: [
        { ...timeAxis, gridIndex: 0, axisLabel: { show: false }, axisPointer: { ...pointer, label: { show: false } } },
        {
          ...timeAxis, gridIndex: 1,
          axisLabel: {
            ...label, hideOverlap: true,
            formatter: (ms) => (new Date(ms).getHours() + new Date(ms).getMinutes() === 0
              ? format.date(ms) : format.minute(ms)),
          },
          axisPointer: {
            ...pointer, label: { ...pointerLabel, formatter: ({ value }) => format.time(value) },
          },
        },
      ],
      yAxis: [
        {
          ...valueAxis, gridIndex: 0, splitNumber: 6, boundaryGap: ['6%', '6%'],
          axisLabel: { ...label, formatter: (value) => format.decimal(value.toFixed(decimals(value))) },
          axisPointer: {
            ...pointer,
            label: { ...pointerLabel, formatter: ({ value }) => format.decimal(value.toFixed(decimals(value))) },
          },
        },
        {
          ...valueAxis, gridIndex: 1, splitNumber: 2, min: 0, scale: false,
          axisLabel: { ...label, formatter: (value) => (value === 0 ? '' : format.volume(value)) },
          axisPointer: { ...pointer, label: { ...pointerLabel, formatter: ({ value }) => format.volume(value) } },
        },
      ],
      dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], filterMode: 'filter', minValueSpan: 3 * MINUTE }],
    };
  }

  #draw() {
    if (this.#bars.length === 0) {
      this.chart.setOption({ series: [] }, { replaceMerge: ['series'] });
      this.#expose();
      return;
    }
    const last = this.#bars.at(-1);
    const max = last.end + Math.min(this.#span() * 0.02, MINUTE);
    const min = Math.min(Math.max(last.end - this.#range, this.#bars[0].start), last.end - NARROWEST);
    const candles = this.#bars.map((bar) => [
      bar.start + MINUTE / 2, +bar.open, +bar.close, +bar.low, +bar.high, bar.final ? 1 : 0, +bar.volume,
    ]);
    const up = +last.close >= +last.open;
    const way = up ? this.#colours.up : this.#colours.down;
    this.chart.setOption({
      xAxis: [{ min, max }, { min, max }],
      series: [
        ...AVERAGES.map((average) => this.#line(average)),
        {
          id: 'candles', type: 'custom', data: candles, z: 3, clip: true,
          encode: { x: 0, y: [1, 2, 3, 4] }, renderItem: (parameters, api) => this.#candle(api),
        },
        {
          id: 'volume', type: 'custom', data: candles, xAxisIndex: 1, yAxisIndex: 1, clip: true,
          encode: { x: 0, y: 6 }, renderItem: (parameters, api) => this.#volume(api),
        },
        {
          id: 'last', type: 'line', data: [[min, +last.close], [max, +last.close]], symbol: 'none', silent: true, z: 4,
          lineStyle: { color: way, width: 1, type: [2, 3] },
          endLabel: {
            show: true, formatter: () => format.decimal(last.close), color: this.#colours.panel, fontSize: 11,
            fontWeight: 600, backgroundColor: way, padding: [3, 5], borderRadius: 2, distance: 3,
          },
        },
      ],
    }, { replaceMerge: ['series'] });
    this.#expose();
  }

  #span() {
    return this.#bars.at(-1).end - this.#bars[0].start;
  }

  #line({ key, name, dash, width }) {
    const points = [];
    let before = null;
    for (const average of this.#shown.has(key) ? this.#averages : []) {
      if (before !== null && average.end - before > GAP) {
        points.push([before + 1, null]);
      }
      points.push([average.end, +average[key]]);
      before = average.end;
    }
    return {
      id: `average-${key}`, name: `Average ${name.toLowerCase()}`, type: 'line', data: points, showSymbol: false,
      silent: true, z: key === 'close' ? 5 : 6, emphasis: { disabled: true },
      lineStyle: { color: this.#colours[`average-${key}`], width, type: dash ?? 'solid' },
    };
  }

  #candle(api) {
    const [open, close, low, high, final] = [1, 2, 3, 4, 5].map((dimension) => api.value(dimension));
    const colour = close >= open ? this.#colours.up : this.#colours.down;
    const middle = Math.round(api.coord([api.value(0), open])[0]) + 0.5;
    const [yOpen, yClose, yLow, yHigh] = [open, close, low, high].map((price) => api.coord([api.value(0), price])[1]);
    const width = barWidth(api);
    const top = Math.min(yOpen, yClose);
    const height = Math.max(1, Math.abs(yOpen - yClose));
    const wick = (y1, y2) => ({
      type: 'line', silent: true, shape: { x1: middle, x2: middle, y1, y2 },
      style: { stroke: colour, lineWidth: 1, opacity: final ? 1 : 0.75 },
    });
    return {
      type: 'group',
      children: [
        wick(yHigh, top), wick(top + height, yLow),
        {
          type: 'rect', silent: true,
          shape: { x: middle - width / 2, y: top, width, height },
          style: final ? { fill: colour } : { fill: 'transparent', stroke: colour, lineWidth: 1.25, lineDash: [3, 2] },
        },
      ],
    };
  }

  #volume(api) {
    const colour = api.value(2) >= api.value(1) ? this.#colours.up : this.#colours.down;
    const [x, y] = api.coord([api.value(0), api.value(6)]);
    const base = api.coord([api.value(0), 0])[1];
    const width = barWidth(api);
    return {
      type: 'rect', silent: true,
      shape: { x: Math.round(x) + 0.5 - width / 2, y, width, height: Math.max(0, base - y) },
      style: { fill: colour, opacity: api.value(5) ? 0.5 : 0.25 },
    };
  }

  #barAt(time) {
    let found = null;
    for (const bar of this.#bars) {
      if (bar.start > time) {
        break;
      }
      found = bar.start;
    }
    return found ?? this.#bars[0]?.start ?? null;
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === 'Escape') {
      this.#leave();
    }
    if (step === undefined || this.#bars.length === 0) {
      return;
    }
    event.preventDefault();
    const newest = this.#bars.length - 1;
    const at = this.#cursor ? this.#bars.findIndex(({ start }) => start === this.#cursor) : newest + 1;
    const bar = this.#bars[Math.min(newest, Math.max(0, at + step))];
    const [x, y] = this.chart.convertToPixel({ gridIndex: 0 }, [bar.start + MINUTE / 2, +bar.close]);
    this.chart.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'mousemove', x, y });
    this.#point(bar.start);
  }

  #leave() {
    this.chart.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'leave' });
    this.#point(null);
  }

  #point(start) {
    if (this.#cursor !== start) {
      this.#cursor = start;
      this.#report();
    }
  }

  /** Tells the bar and the averages under the crosshair, or the newest ones. */
  #report() {
    const bar = this.#bars.find(({ start }) => start === this.#cursor) ?? this.#bars.at(-1) ?? null;
    const average = this.#cursor && bar
      ? this.#averages.findLast(({ end }) => end > bar.start && end <= bar.end)
      : this.#averages.at(-1);
    this.onCursor(bar, average ?? null, this.#cursor !== null);
  }

  /** What is drawn, for those who cannot see a canvas: readers of the page, and its tests. */
  #expose() {
    const last = this.#bars.at(-1);
    const { dataset } = this.element;
    dataset.candles = this.#bars.length;
    dataset.provisional = this.#bars.filter(({ final }) => !final).length;
    dataset.averages = this.#averages.length;
    dataset.lines = [...this.#shown].join(' ');
    dataset.close = last?.close ?? '';
  }
}

function barWidth(api) {
  return Math.max(1, Math.min(28, Math.floor(api.size([MINUTE, 0])[0] * 0.7)));
}

function decimals(value) {
  return Math.abs(value) >= 10 ? 2 : 4;
}
