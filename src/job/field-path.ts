/** Where a value stands in a job. */

/** A field, or one key of a map: `['executor_config', 'body']`. */
export type FieldPath = readonly string[];

export const bodyKeys: FieldPath = ['executor_config', 'body'];

/** The same for people and for drafts. */
export const pathOf = (path: FieldPath): string => path.join('.');

export const isBody = (path: FieldPath): boolean => pathOf(path) === pathOf(bodyKeys);
