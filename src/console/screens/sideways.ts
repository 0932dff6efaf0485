/**
 * A screen whose last column is cut, as one that can be scrolled by `step` cells. A cell at the left
 * says that something is left out there.
 */
export const cellsPast = (
  overhang: number,
  step: number,
): { readonly most: number; readonly step: number } => ({
  most: overhang > 0 ? overhang + 1 : 0,
  step,
});
