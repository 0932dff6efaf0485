/** The maintenance of the cluster: what the console asks for and is told of it. */
import type { MaintenanceSeen } from '../../plan/maintenance/store.ts';
import type { MaintenanceStep } from '../../plan/model.ts';

export interface MaintenanceMessage {
  readonly type: 'maintenance';
  /** Null for none. */
  readonly seen: MaintenanceSeen | null;
}

export type MaintenanceEffect =
  /** What is left to do of the one that goes on, as a plan back. */
  | { readonly type: 'plan-maintenance'; readonly step: MaintenanceStep['step'] }
  | { readonly type: 'forget-maintenance' };

/** What tells such a plan from others. */
export const maintenanceId = (step: MaintenanceStep['step']): string => `maintenance ${step}`;
