/** Where the parser of a terminal's input stands (input.ts), and how long it waits there. */

export type InputState =
  | { readonly at: 'ground' }
  /** A line feed that follows is of the same Enter. */
  | { readonly at: 'return' }
  | { readonly at: 'escape'; readonly twice: boolean }
  /** Silence made a key of an Esc: what follows may still be the rest of a late report. */
  | { readonly at: 'late'; readonly inString: boolean }
  | { readonly at: 'csi'; readonly text: string; readonly alt: boolean; readonly late: boolean }
  | { readonly at: 'ss3'; readonly text: string; readonly alt: boolean }
  | {
      readonly at: 'string';
      /** `]` OSC, `P` DCS, `_` APC, `^` PM, `X` SOS. */
      readonly opener: string;
      readonly text: string;
      /** Nothing but a terminal can have sent this: it never becomes keys. */
      readonly sure: boolean;
      readonly late: boolean;
      /** An Esc was seen: with a backslash it is the end. */
      readonly ending: boolean;
    }
  /** Coordinates of the mouse, as bytes or as characters. */
  | { readonly at: 'mouse'; readonly left: number }
  | { readonly at: 'paste'; readonly chunks: readonly Uint8Array[] };

export const ground: InputState = { at: 'ground' };

/** Esc alone, and the line feed behind a carriage return: nobody types faster; ms. */
const quick = 30;
/** What could be typed and could be a report; ms. */
const doubtful = 500;
/** A report that does not go on, over the slowest line; ms. */
const lost = 10_000;
/** A paste that does not go on; ms. */
const lostPaste = 30_000;

/** How long a silence, in ms, decides about what is open; undefined when nothing is. */
export function patienceOf(state: InputState): number | undefined {
  switch (state.at) {
    case 'ground':
    case 'late':
      return undefined;
    case 'return':
    case 'escape':
      return quick;
    case 'csi':
      return state.late ? doubtful : lost;
    case 'string':
      return state.sure ? lost : doubtful;
    case 'ss3':
    case 'mouse':
      return doubtful;
    case 'paste':
      return lostPaste;
  }
}
