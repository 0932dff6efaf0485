/** Drafts that were found on the disk, and what comes back from the operator's own editor. */
import type { Draft } from '../../config/drafts.ts';
import type { Job } from '../../job/job.ts';
import type { Flash } from './said.ts';

export type DraftMessage =
  | { readonly type: 'drafts'; readonly drafts: ReadonlyMap<string, Draft> }
  /** Back from the editor: what is kept of it as a draft, the job that was meant, what is said. */
  | {
      readonly type: 'edited';
      readonly seen: Job;
      /** It was not on the server. */
      readonly isNew?: boolean;
      readonly draft: Draft | null;
      readonly wanted: Job | null;
      readonly said: Flash | null;
    };
