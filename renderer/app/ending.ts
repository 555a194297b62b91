/** The end of a link: it begins at a moment, and its reason may be known a little later. */
export class Ending {
  begun = false;
  readonly reason: Promise<string>;
  #resolve: (reason: string) => void = () => {};

  constructor() {
    this.reason = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  begin(): void {
    this.begun = true;
  }

  /** The first reason counts. */
  settle(reason: string): void {
    this.begun = true;
    this.#resolve(reason);
  }
}
