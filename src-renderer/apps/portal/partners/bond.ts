import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { type Holdings, heldDevices, partnerName, partnersNamed } from "../../../data/holdings.ts";

/** Where agreement and grant do not meet: one without the other shows a partner nothing. */
type Gap = "agreement-without-grant" | "grant-without-agreement" | "partly";

/** How the customer stands to one partner now. */
export interface Bond {
  partnerId: string;
  /** Null where the directory does not have it. */
  name: string | null;
  /** In force or to come, the first to end first. */
  agreements: readonly Agreement[];
  grants: readonly Grant[];
  /** How many devices its agreements in force name, and how many of them it sees. */
  covers: number;
  sees: number;
  /** When its first agreement begins, where none is in force yet; else null. ISO. */
  begins: string | null;
  /** When the first of its agreements and grants ends; null where nothing is left. ISO. */
  firstEnd: string | null;
  gap: Gap | null;
}

const gapOf = (bond: Pick<Bond, "covers" | "sees" | "grants">): Gap | null => {
  if (bond.covers === 0) return bond.grants.length > 0 ? "grant-without-agreement" : null;
  if (bond.sees === 0) return "agreement-without-grant";
  return bond.sees < bond.covers ? "partly" : null;
};

/** Every partner with an agreement or a grant that is not over, what has a gap first, then by name. */
export const bondsOf = (holdings: Holdings, at: string): Bond[] => {
  const devices = heldDevices(holdings, at);
  return partnersNamed(holdings)
    .map((partnerId): Bond => {
      const own = ({ partnerId: other }: { partnerId: string }) => other === partnerId;
      const agreements = holdings.agreements
        .filter((a) => own(a) && a.status === "active" && a.endsAt > at)
        .sort((a, b) => a.endsAt.localeCompare(b.endsAt));
      const grants = holdings.grants
        .filter((g) => own(g) && g.status === "active" && g.until > at)
        .sort((a, b) => a.until.localeCompare(b.until));
      const standings = devices.flatMap((held) => held.standings.filter(own));
      const covers = standings.filter((s) => s.agreements.length > 0).length;
      const sees = standings.filter((s) => s.sees).length;
      const ends = [...agreements.map((a) => a.endsAt), ...grants.map((g) => g.until)].sort();
      return {
        ...{ partnerId, name: partnerName(holdings, partnerId), agreements, grants, covers, sees },
        begins: covers > 0 ? null : (agreements.map((a) => a.startsAt).sort()[0] ?? null),
        firstEnd: ends[0] ?? null,
        gap: gapOf({ covers, sees, grants }),
      };
    })
    .filter(({ agreements, grants }) => agreements.length + grants.length > 0)
    .sort(
      (a, b) =>
        Number(a.gap === null) - Number(b.gap === null) ||
        (a.name ?? "").localeCompare(b.name ?? ""),
    );
};
