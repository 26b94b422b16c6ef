/** What each row has to reach, and what is aimed at. */
export interface Promised {
  promise: string;
  aim: string;
  kept: (of: { value: number; ratio: number }) => boolean;
}

/** By the name of the row; one that is not here is measured only. */
export const promises: Record<string, Promised> = {
  "first-sync": { promise: "≥ 0.5 ×", aim: "1.0 ×", kept: ({ ratio }) => ratio >= 0.5 },
  "first-sync-pouchdb": { promise: "≥ 2 ×", aim: "4 ×", kept: ({ ratio }) => ratio >= 2 },
  "queue-page": { promise: "< 5 ms", aim: "1 ms", kept: ({ value }) => value < 5 },
  "live-change": { promise: "< 100 ms", aim: "30 ms", kept: ({ value }) => value < 100 },
  "push-1000": { promise: "< 3 s", aim: "1 s", kept: ({ value }) => value < 3 },
  "revoke-20k": { promise: "< 3 s", aim: "1 s", kept: ({ value }) => value < 3 },
  "cold-start": { promise: "< 1.5 s", aim: "0.7 s", kept: ({ value }) => value < 1.5 },
};
