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
  const known = new Map<string, string>();
  const switches = new Map<string, string>();
  const at = (look: string): Look => looks[look.charCodeAt(0)]!;

  function add(look: Look): string {
    const spelled = switched({}, look);
    const same = looks.findIndex((other) => switched({}, other) === spelled);
    return String.fromCharCode(same < 0 ? looks.push(look) - 1 : same);
  }

  return {
    of: (span) => {
      const key = `${span.tone}${span.bold}${span.inverse}${span.badge}`;
      let look = known.get(key);
      if (look === undefined) {
        look = add(theme(span));
        known.set(key, look);
      }
      return look;
    },
    isGround: (look) => {
      const { inverse, underline, bg } = at(look);
      return inverse === true || underline === true || bg !== undefined;
    },
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
