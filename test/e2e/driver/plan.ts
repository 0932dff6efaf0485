/** A plan: what would become of each job, before it is written. */
import { List } from './list.ts';

export class Plan extends List {
  /** Waits for a plan of this title, that counts so many jobs of each kind. */
  async expect({ title = '', ...counts }: { title?: string; changed?: number }): Promise<void> {
    const parts = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
    const head = () => this.on.line(1);
    const fits = () => [title, ...parts].every((part) => head().includes(part));
    await this.on.until(fits, `a plan of ${[title, ...parts].join(', ')}`);
  }

  /** Waits until the job under the cursor would have `after` in the field instead of `before`. */
  async changes(field: string, before: string, after: string): Promise<void> {
    const isSo = (line: string, at: number) =>
      line.includes(field) &&
      line.includes(`− ${before}`) &&
      this.on.line(at + 1).includes(`+ ${after}`);
    await this.on.until(
      () => this.on.lines().some(isSo),
      `a difference of ${field} from ${before} to ${after}`,
    );
  }

  /** Writes what is marked: so many jobs. */
  async apply(jobs: number): Promise<void> {
    await this.on.press('enter');
    await this.on.confirm(`Write ${jobs} ${jobs === 1 ? 'job' : 'jobs'} to`);
    await this.on.sees(/(written|disabled|enabled) and verified/);
  }
}
