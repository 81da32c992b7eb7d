// Bars over time, one on another, by uPlot, whose smallest build is no module: the page loads it before the modules.

/* global uPlot */
import { html, useEffect, useRef } from './preact.js';
import { number, t } from './texts.js';
import { STATES } from './parts.js';

const HEIGHT = 220;

/** A colour as the style sheet has it, in light or dark. */
const colour = (element, name) => getComputedStyle(element).getPropertyValue(name).trim();

/** What each bar reaches up to: itself and all below it. */
function stacked(rows) {
  const sums = rows[0]?.map(() => 0) ?? [];
  return rows.map((row) => row.map((value, i) => (sums[i] += value)));
}

/**
 * @param xs seconds since 1970, in even steps
 * @param rows by name: a value for each of `xs`, the lowest bar first
 * @param names what the rows are called
 */
function Plot({ label, xs, rows, classes, names, utc }) {
  const place = useRef();
  useEffect(() => {
    const shown = rows.map((row, i) => ({ row, name: names[i], style: classes[i] })).filter(({ row }) => row.some((value) => value > 0));
    const tops = stacked(shown.map(({ row }) => row));
    const bars = uPlot.paths.bars({ size: [0.8, 40] });
    const style = getComputedStyle(place.current);
    const axis = { stroke: style.color, grid: { stroke: colour(place.current, '--pico-muted-border-color'), width: 1 } };
    const series = shown.map(({ row, name, style: cls }) => {
      const probe = document.createElement('span');
      probe.className = cls;
      place.current.append(probe);
      const fill = getComputedStyle(probe).color;
      probe.remove();
      return { label: name, fill, stroke: fill, width: 0, paths: bars, points: { show: false }, value: (u, top, s, i) => (i === null ? '–' : number(row[i])) };
    });
    const plot = new uPlot(
      {
        width: place.current.clientWidth,
        height: HEIGHT,
        tzDate: utc ? (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') : undefined,
        cursor: { drag: { x: false, y: false }, points: { show: false } },
        scales: { y: { range: (u, low, high) => [0, Math.max(1, high) * 1.05] } },
        axes: [axis, { ...axis, values: (u, values) => values.map(number), size: 60 }],
        series: [{ value: (u, at) => (at === null ? '–' : moment(at, utc)) }, ...series.reverse()], // the highest behind
      },
      [xs, ...tops.reverse()],
      place.current,
    );
    const resized = new ResizeObserver(() => plot.setSize({ width: place.current.clientWidth, height: HEIGHT }));
    resized.observe(place.current);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [JSON.stringify([xs, rows, names])]);
  return html`<div class="plot" dir="ltr" role="img" aria-label=${label} ref=${place} />`;
}

const moment = (seconds, utc) =>
  new Intl.DateTimeFormat(document.documentElement.lang, utc ? { dateStyle: 'medium', timeZone: 'UTC' } : { dateStyle: 'medium', timeStyle: 'short' }).format(
    seconds * 1000,
  );

const STEP = { hour: 3600, day: 86_400 };

/** All hours or days of an answer of `GET /v1/usage`; also those in which nothing was sent. */
export function periods(usage) {
  const xs = [];
  const step = STEP[usage.by];
  for (let at = Math.floor(Date.parse(usage.from) / 1000 / step) * step; at < Date.parse(usage.until) / 1000; at += step) {
    xs.push(at);
  }
  return xs;
}

function series(usage, xs, group, value) {
  const sums = new Map();
  usage.usage.forEach((row) => {
    const key = `${group(row)} ${Date.parse(row.period) / 1000}`;
    sums.set(key, (sums.get(key) ?? 0) + value(row));
  });
  return (which) => xs.map((x) => sums.get(`${which} ${x}`) ?? 0);
}

/** Messages by state, points by account, and how long deliveries took, over time. */
export function UsagePlots({ usage }) {
  const xs = periods(usage);
  const utc = usage.by === 'day';
  const byState = series(usage, xs, (row) => row.state, (row) => row.messages);
  const byAccount = series(usage, xs, (row) => row.account, (row) => Number(row.points?.amount ?? 0));
  const all = (value) => series(usage, xs, () => '', value)('');
  const timed = all((row) => row.delivery?.messages ?? 0);
  const seconds = all((row) => row.delivery?.seconds ?? 0).map((sum, i) => (timed[i] ? sum / timed[i] : 0));
  const accounts = [...new Set(usage.usage.filter((row) => row.points).map((row) => row.account))];
  return html`
    <div class="plots">
      <figure>
        <figcaption>${t('messages')}</figcaption>
        <${Plot} label=${t('messages')} xs=${xs} rows=${STATES.map(byState)} names=${STATES.map((state) => t(`state_${state}`))} utc=${utc}
          classes=${STATES.map((state) => `state ${state}`)} />
      </figure>
      ${accounts.length > 0 &&
      html`<figure>
        <figcaption>${t('cost')} (${t('points')})</figcaption>
        <${Plot} label=${t('points')} xs=${xs} rows=${accounts.map(byAccount)} names=${accounts} utc=${utc}
          classes=${accounts.map((name, i) => `hue hue${i % 6}`)} />
      </figure>`}
      ${timed.some((n) => n > 0) &&
      html`<figure>
        <figcaption>${t('seconds_to_delivery')}</figcaption>
        <${Plot} label=${t('seconds_to_delivery')} xs=${xs} rows=${[seconds]} names=${[t('mean')]} utc=${utc} classes=${['state delivered']} />
      </figure>`}
    </div>
  `;
}
