/**
 * What terminals answer in control strings and sequences, as xterm's ctlseqs and kitty's protocols
 * list them: by this a report is told from keys that were typed quickly.
 */

/** Beginnings that no hand types: from here on the string is a report, however it ends. */
const sure: Readonly<Record<string, RegExp>> = {
  // Colours, titles (`l`, `L`), clipboard, folder.
  ']': /^\d{1,5};|^[lLI]./,
  // DECRQSS, XTGETTCAP, XTVERSION, the third device attributes.
  P: /^[\d;]*[$+!>|{]/,
  // kitty's graphics.
  _: /^G[a-z]=/,
};

/** What such a beginning begins with. */
const possible: Readonly<Record<string, RegExp>> = {
  ']': /^\d{1,5}$|^[lLI]$/,
  P: /^[\d;]*$/,
  _: /^G[a-z]?$/,
};

export const isString = (opener: string, text: string): boolean =>
  sure[opener]?.test(text) ?? false;

/**
 * Whether this can still become a report. Straight behind an Esc, APC, PM and SOS may say anything
 * until they end; behind an Esc that was a key already APC says only what it is known to say.
 */
export const couldBeString = (opener: string, text: string, late: boolean): boolean =>
  possible[opener] === undefined || (opener === '_' && !late) || possible[opener].test(text);

/** Reports among control sequences: cursor, device, mode, size, focus, mouse, keyboard flags. */
export const isSureReport = (parameters: string, final: string): boolean =>
  parameters === '' ? final === 'I' || final === 'O' : /^[RcnytxuMmST]$/.test(final);
