/**
 * The first keystrokes as fast as the thousandth: while nobody waits, the server analyses what has been opened a few
 * times more, until the engine has compiled what it runs most.
 */

/** What is measured and waited for, so that a test can do without a clock. */
export interface Clock {
  now(): number;
  /** Calls once, `milliseconds` later; what it gives back calls it off. */
  after(milliseconds: number, run: () => void): () => void;
  /** Until what has arrived meanwhile was dealt with. */
  breath(): Promise<void>;
}

/** The milliseconds of rest that must have passed; of work at a stretch; and of work altogether. */
const rest = 200;
const stretch = 8;
const enough = 1500;

export class WarmUp {
  private readonly clock: Clock;
  private spent = 0;
  private callOff: () => void = () => {};
  /** Changes whenever the work under way has become pointless. */
  private round = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Something is about to happen for which the engine should be free. */
  stop(): void {
    this.callOff();
    this.round += 1;
  }

  /** Nothing is to be done for now. `rehearse` makes the steps of one run; it is called again for each run. */
  idle(rehearse: () => Iterable<unknown>): void {
    this.stop();
    if (this.spent >= enough) return;
    const { round } = this;
    this.callOff = this.clock.after(rest, () => {
      // What fails here fails in earnest too, and is told of there.
      this.work(rehearse, round).catch(() => {
        this.spent = enough;
      });
    });
  }

  private async work(rehearse: () => Iterable<unknown>, round: number): Promise<void> {
    while (this.spent < enough) {
      let start = this.clock.now();
      for (const _ of rehearse()) {
        const now = this.clock.now();
        if (now - start < stretch) continue;
        this.spent += now - start;
        await this.clock.breath();
        if (round !== this.round) return;
        start = this.clock.now();
      }
      // A run that costs nothing must not be made for ever.
      this.spent += Math.max(1, this.clock.now() - start);
      await this.clock.breath();
      if (round !== this.round) return;
    }
  }
}
