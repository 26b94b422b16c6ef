import type { Holdings } from "../../data/holdings.ts";
import { partnerName } from "../../data/holdings.ts";

const DAY = 86_400_000;

/** What ends within so many days is said to end soon (PAR-3). */
const SOON_DAYS = 60;

/** An agreement or a grant, from when until when. */
export interface Span {
  id: string;
  kind: "agreement" | "grant";
  /** The partner's tenant, and its name. */
  partnerId: string;
  partner: string;
  /** What tells it from others: an agreement's number. */
  label: string;
  /** ISO; null for what holds already and does not say since when. */
  from: string | null;
  to: string;
}

/** A span where it lies: parts of the width, 0 to 1. */
interface LaidSpan {
  span: Span;
  left: number;
  width: number;
  /** Whether it goes on past what is shown. */
  goesOn: boolean;
  soon: boolean;
}

/** The agreements and grants that hold now or will, the first to end first. */
export const spansOf = (holdings: Holdings, at: string, unknown: string): Span[] => {
  const of = ({ partnerId }: { partnerId: string }) => ({
    partnerId,
    partner: partnerName(holdings, partnerId) ?? unknown,
  });
  return [
    ...holdings.agreements
      .filter((a) => a.status === "active" && a.endsAt > at)
      .map(
        (a): Span => ({
          ...of(a),
          ...{ id: a.id, kind: "agreement", label: a.number, from: a.startsAt, to: a.endsAt },
        }),
      ),
    ...holdings.grants
      .filter((g) => g.status === "active" && g.until > at)
      .map(
        (g): Span => ({
          ...of(g),
          ...{ id: g.id, kind: "grant", label: "", from: null, to: g.until },
        }),
      ),
  ].sort((a, b) => a.to.localeCompare(b.to));
};

/** Whether something ends soon, seen from `now` (ms). */
export const endsSoon = (to: string, now: number): boolean =>
  Date.parse(to) - now < SOON_DAYS * DAY;

/** Lays spans on a line from a month ago to the last end, two years ahead at most. */
export const layTimeline = (spans: readonly Span[], now: number) => {
  const from = now - 30 * DAY;
  const last = Math.max(...spans.map(({ to }) => Date.parse(to)), now + 120 * DAY);
  const to = Math.min(last + 20 * DAY, now + 730 * DAY);
  const part = (ms: number) => Math.min(1, Math.max(0, (ms - from) / (to - from)));
  const rows = spans.map((span): LaidSpan => {
    const left = span.from === null ? 0 : part(Date.parse(span.from));
    const end = Date.parse(span.to);
    return {
      ...{ span, left, width: Math.max(0.006, part(end) - left) },
      goesOn: end > to,
      soon: endsSoon(span.to, now),
    };
  });
  return { rows, marks: monthsBetween(from, to, part), today: part(now) };
};

/** At most so many months are named. */
const MOST_MARKS = 8;

const monthsBetween = (from: number, to: number, part: (ms: number) => number) => {
  const months: { at: number; left: number }[] = [];
  const month = new Date(from);
  month.setDate(1);
  month.setHours(0, 0, 0, 0);
  for (month.setMonth(month.getMonth() + 1); month.getTime() < to; ) {
    months.push({ at: month.getTime(), left: part(month.getTime()) });
    month.setMonth(month.getMonth() + 1);
  }
  const step = Math.ceil(months.length / MOST_MARKS);
  return months.filter((_, n) => n % step === 0);
};
