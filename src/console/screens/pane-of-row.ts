import type {
  ClusterScreen,
  ComparisonScreen,
  Cursor,
  HistoryScreen,
  JobsScreen,
  PlanScreen,
  WhyScreen,
} from '../state/model.ts';

/** A pane that is about the row under the cursor: that of another row is read from its top. */
export const onAnotherRow = <
  S extends ClusterScreen | JobsScreen | PlanScreen | HistoryScreen | ComparisonScreen | WhyScreen,
>(
  screen: S,
  cursor: Cursor,
): S => ({
  ...screen,
  cursor,
  top: cursor.key === screen.cursor.key ? (screen.top ?? 0) : 0,
});
