/** The jobs: the table that the console begins with. */
import { List } from './list.ts';

export class Jobs extends List {
  /** Esc takes a moment: no key is for the jobs before they are there again. */
  override async goTo(name: string): Promise<void> {
    await this.on.until(() => this.on.line(1).startsWith(' Jobs '), 'the jobs');
    await super.goTo(name);
  }

  /** Types a filter, and keeps it. */
  async filter(words: string): Promise<void> {
    await this.on.press('/');
    await this.on.type(words);
    await this.on.press('enter');
  }

  async shows(...names: readonly string[]): Promise<void> {
    await this.on.sees(...names);
  }

  async hides(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.on.loses(name);
  }

  /** Disables or enables the job under the cursor, or the marked ones. */
  async toggle(): Promise<void> {
    await this.on.press('s');
  }

  async remove(name: string): Promise<void> {
    await this.goTo(name);
    await this.on.press('ctrl-d');
  }
}
