/** Does work one after the other; what one comes to does not keep the next from being done. */
export class Line {
  #last: Promise<void> = Promise.resolve();
  #ended = false;

  /** Does the work when its turn comes; resolves or rejects with it. Once ended, does nothing. */
  do(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(async () => {
      if (!this.#ended) await work();
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Nothing more is begun; resolves when what is under way is done. */
  end(): Promise<void> {
    this.#ended = true;
    return this.#last;
  }
}
