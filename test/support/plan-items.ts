/** Rows of a plan as a console shows them. */
import type { CheckedItem, RestoreKind } from '../../src/plan/model.ts';
import { aJob } from './jobs.ts';

/** A job of a plan, with nothing to be told of it unless given; its parent is that of its definition. */
export const planItem = (
  name: string,
  kind: RestoreKind,
  { parent = '', ...fields }: Partial<CheckedItem> & { readonly parent?: string } = {},
): CheckedItem => ({
  name,
  kind,
  why: '',
  changes: [],
  job: aJob({ name, parent_job: parent }),
  seen: null,
  children: [],
  findings: [],
  ...fields,
});
