/** A stretch of a schedule's text, in UTF-16 units; `field` counts from 0, seconds first. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly field?: number;
}

/** A schedule Dkron refuses: its own words, and the place to point at. Never leaves this room. */
export class Refusal extends Error {
  readonly where: Range;

  constructor(message: string, where: Range) {
    super(message);
    this.where = where;
  }
}
