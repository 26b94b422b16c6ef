/** What can happen to a request on its way: chances, 0 to 1. */
export interface Weather {
  /** It never reaches the server. */
  lost: number;
  /** The server did it, and its answer is lost. */
  answerLost: number;
  /** It reaches the server a second time, later. */
  doubled: number;
  /** It, or its answer, takes so long that others overtake it. */
  slow: number;
  /** The answer breaks off in the middle. */
  cut: number;
  /** Something between answers 503 by itself. */
  proxy: number;
  /** The server fails before it has done anything. */
  failed: number;
  /** The token is not taken, this once. */
  refused: number;
  /** A live stream that looks open and says nothing. */
  silent: number;
}

export const fair: Weather = {
  lost: 0,
  answerLost: 0,
  doubled: 0,
  slow: 0,
  cut: 0,
  proxy: 0,
  failed: 0,
  refused: 0,
  silent: 0,
};

/** Kinds of bad weather, from a train to a hostile hotel. */
export const weathers: readonly Weather[] = [
  { ...fair, slow: 0.5 },
  { ...fair, answerLost: 0.5 },
  { ...fair, doubled: 0.6, slow: 0.4 },
  { ...fair, lost: 0.3, silent: 0.7 },
  { ...fair, cut: 0.4, proxy: 0.2 },
  { ...fair, failed: 0.3, refused: 0.2 },
  {
    lost: 0.08,
    answerLost: 0.1,
    doubled: 0.15,
    slow: 0.2,
    cut: 0.08,
    proxy: 0.05,
    failed: 0.05,
    refused: 0.05,
    silent: 0.3,
  },
];
