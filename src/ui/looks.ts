/** The looks of a theme, a character each, so that those of a line are a string to compare. */
import type { Span } from '../view/line.ts';
import { switched } from '../view/paint.ts';
import type { Look, Theme } from '../view/theme.ts';

export interface Looks {
  readonly of: (span: Span) => string;
  /** Whether even a blank of that look is seen: reversed, underlined or on a colour. */
  readonly isGround: (look: string) => boolean;
  /** The shortest code from one look to another. */
  readonly switched: (from: string, to: string) => string;
}

export const plainLook = '\0';

export function looksOf(theme: Theme): Looks {
  const looks: Look[] = [{}];
  /** Whether each of them has a ground. */
  const grounds: boolean[] = [false];
  const known = new Map<string, (string | undefined)[]>();
  const switches = new Map<string, string>();
  const at = (look: string): Look => looks[look.charCodeAt(0)]!;

  function add(look: Look): string {
    const spelled = switched({}, look);
    const same = looks.findIndex((other) => switched({}, other) === spelled);
    if (same >= 0) return String.fromCharCode(same);
    grounds.push(look.inverse === true || look.underline === true || look.bg !== undefined);
    return String.fromCharCode(looks.push(look) - 1);
  }

  return {
    of: (span) => {
      const { tone = 'plain', bold, inverse, badge } = span;
      const colour = badge ?? tone;
      let shapes = known.get(colour);
      if (shapes === undefined) {
        shapes = [];
        known.set(colour, shapes);
      }
      const shape = (bold ? 1 : 0) + (inverse ? 2 : 0);
      shapes[shape] ??= add(theme(span));
      return shapes[shape];
    },
    isGround: (look) => grounds[look.charCodeAt(0)]!,
    switched: (from, to) => {
      const key = from + to;
      let code = switches.get(key);
      if (code === undefined) {
        code = switched(at(from), at(to));
        switches.set(key, code);
      }
      return code;
    },
  };
}
