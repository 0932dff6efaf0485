import type { MaintenanceEffects } from '../../src/console/effects/maintenance.ts';
import type { UnfinishedEffects } from '../../src/console/effects/unfinished.ts';

/** Keeps no plan, and finds none: what is interrupted in a test stays so. */
export const keepsNoPlan: Pick<UnfinishedEffects, 'forgetUndone' | 'keep' | 'tell'> = {
  keep: async () => ({
    begin: async () => async () => {},
    resumes: null,
    release: async () => {},
  }),
  tell: async () => {},
  forgetUndone: async () => [],
};

/** The same of a maintenance. */
export const keepsNoMaintenance: MaintenanceEffects = {
  keep: () => keepsNoPlan.keep(''),
  tell: async () => {},
  plan: async () => {},
  forget: async () => {},
};
