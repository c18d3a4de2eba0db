// Text for the eye. Prices stay the exact decimal text that the server sent: no rounding through a double.

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});
const clockMinutes = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const grouped = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

/** "1234.500000" → "1,234.50": trailing zeros go, two decimals stay at least. */
export function decimal(text) {
  if (text === null || text === undefined || text === '') {
    return '–';
  }
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) {
    return text;
  }
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign === '-' ? '−' : ''}${thousands}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** An average has more decimals than a price; four are enough to read, the exact text goes into the title. */
export function shortened(text) {
  return text === null || text === undefined ? '–' : grouped.format(Number(text));
}

/** The direction of a change: 1, 0 or -1. */
export const direction = (text) => Math.sign(Number(text ?? 0));

/** Never colour alone: an arrow and a sign say the same. */
export function change(text, percent) {
  const way = direction(text);
  const arrow = way > 0 ? '▲' : way < 0 ? '▼' : '•';
  return { way, arrow, absolute: signed(text, way), percent: percentage(percent, way) };
}

export function percentage(percent, way = direction(percent)) {
  return percent === null || percent === undefined ? '–' : `${signed(percent, way)} %`;
}

function signed(text, way) {
  return way > 0 ? `+${decimal(text)}` : decimal(text);
}

export const volume = (text) => compact.format(Number(text));
export const time = (ms) => clock.format(ms);
export const minute = (ms) => clockMinutes.format(ms);
export const date = (ms) => day.format(ms);
export const utc = (ms) => `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

/** The difference as a person says it: 12 s, 4 min, 3 h. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
